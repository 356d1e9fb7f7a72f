import type { Sentence } from '../sentence.js';

/** Looks up the sentence that an offset of the report's text stands in; `sentences` are in order and without overlap. */
export function sentenceFinder(
  sentences: readonly Sentence[],
): (offset: number) => Sentence | undefined {
  return (offset) => {
    let [low, high] = [0, sentences.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const sentence = sentences[middle];
      if (sentence === undefined || sentence.end > offset) high = middle;
      else low = middle + 1;
    }
    const found = sentences[low];
    return found !== undefined && found.start <= offset ? found : undefined;
  };
}
