import type { StixId } from '../model/index.js';
import type { AttackKind, AttackObject, AttackStatus } from './attack-object.js';
import { CATALOGUE_WORDS, type CatalogueWord } from './catalogue-format.js';

/** An object's line, of which only what the indexes need has been looked at. */
export interface CatalogueLine {
  readonly word: CatalogueWord;
  readonly kind: AttackKind;
  readonly attackId: string | undefined;
  readonly stixId: StixId;
  readonly status: AttackStatus;
  readonly text: string;
  /** Filled when the object is first asked for. */
  object: AttackObject | undefined;
}

/** Cuts id, UUID and status off a line; the rest of the fields stay unread. */
export function readCatalogueLine(word: CatalogueWord, text: string): CatalogueLine {
  const idAt = word.length + 1;
  const uuidAt = text.indexOf('\t', idAt) + 1;
  const statusAt = uuidAt + 37;
  const end = text.indexOf('\t', statusAt);
  const status = text.slice(statusAt, end === -1 ? undefined : end);
  const { kind, stixType } = CATALOGUE_WORDS[word];
  return {
    word,
    kind,
    attackId: uuidAt - idAt > 1 ? text.slice(idAt, uuidAt - 1) : undefined,
    stixId: `${stixType}--${text.slice(uuidAt, statusAt - 1)}` as StixId,
    status: status === 'revoked' || status === 'deprecated' ? status : 'active',
    text,
    object: undefined,
  };
}
