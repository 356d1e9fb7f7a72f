export type {
  Certainty,
  CveMention,
  Ioc,
  Lane,
  ObjectMention,
  TechniqueMention,
} from './mention.js';
export type { SectionKind, Sentence } from './sentence.js';
