import { SaxesParser } from 'saxes';

/** Receives XML in the order of the document. Names are without their namespace prefix. */
export interface XmlSink {
  /** @param attributes by name without prefix. */
  open(name: string, attributes: ReadonlyMap<string, string>, prefix: string): void;
  close(name: string): void;
  text(text: string): void;
}

export interface XmlParser {
  /** False once the document is not XML any more. */
  write(chunk: string): boolean;
  /** What is wrong with the document, in words; undefined when it is sound. */
  finish(): string | undefined;
}

/** More mistakes than these and the rest is not worth reading. */
const MAX_FAULTS = 100;

/**
 * Reads XML chunk by chunk. Declarations of entities are not followed, so that nothing expands and nothing is fetched;
 * an unknown entity stays as it is written.
 */
export function createXmlParser(sink: XmlSink): XmlParser {
  const parser = new SaxesParser({ fragment: false, position: false });
  let faults = 0;
  let fault: string | undefined;
  parser.on('error', (error) => {
    faults += 1;
    // Pages put HTML's entities into XML, which harms nobody.
    if (!/undefined entity/i.test(error.message)) fault ??= error.message.replace(/^[\d:]+\s*/, '');
  });
  parser.on('opentag', ({ name, attributes }) => {
    const colon = name.indexOf(':');
    const own = new Map(Object.entries(attributes).map(([key, value]) => [localName(key), value]));
    sink.open(name.slice(colon + 1), own, name.slice(0, Math.max(0, colon)));
  });
  parser.on('closetag', ({ name }) => sink.close(localName(name)));
  parser.on('text', (text) => sink.text(text));
  parser.on('cdata', (text) => sink.text(text));
  return {
    write(chunk) {
      if (faults > MAX_FAULTS) return false;
      parser.write(chunk);
      return faults <= MAX_FAULTS;
    },
    finish() {
      if (faults <= MAX_FAULTS) parser.close();
      return fault?.split('\n', 1)[0]?.slice(0, 100);
    },
  };
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
