import type { ObjectText, ShownObject } from '../app/attack-show.js';
import type { AnalyticReference, ObjectReference, RelatedGroup } from '../app/describe-object.js';
import type { AttackObject } from '../attack/lookup.js';
import { safeText } from './safe-text.js';
import { outputWidth, styleText } from './style-text.js';
import { wrapLines } from './wrap-lines.js';

/** Items of a list shown without --all. */
const SHORT_LIST = 12;
/** Procedure examples and references shown without --all. */
const SHORT_TEXTS = 3;

const heading = (text: string): string => `${styleText('bold', text)}\n`;
// Lines of MITRE's are paragraphs and list items.
const indentedText = (text: string, indent: string): string =>
  text
    .split('\n')
    .map((line) => wrapLines(safeText(line), outputWidth(), indent))
    .join('');
const indentedLine = (text: string): string => indentedText(text, '  ');

const nameOf = ({ attackId, name }: ObjectReference): string =>
  attackId === undefined ? name : `${attackId} ${name}`;

/** MITRE's Markdown links and citations, as plain text. */
function plainText(markdown: string): string {
  return markdown
    .replace(/\[([^\][]{1,200})\]\([^()\s]{1,500}\)/g, '$1')
    .replace(/\(Citation: ([^()]{1,200})\)/g, '[$1]')
    .replace(/<\/?code>/g, '`');
}

function titleLine({ description, lastSeenIn }: ShownObject): string {
  const { object, attackVersion, domain } = description;
  const id = object.attackId ?? object.stixId;
  const status =
    object.status === 'active' ? '' : styleText('yellow', ` ${object.status.toUpperCase()}`);
  const version = `ATT&CK ${attackVersion} ${domain.replace('-attack', '')}`;
  const gone = lastSeenIn === undefined ? '' : `, last seen in ${lastSeenIn}`;
  return `${styleText('bold', `${id} ${safeText(object.name)}`)}${status}  (${object.kind}, ${version}${gone})\n`;
}

function statusLine({ object, successors, attackVersion }: ShownObject['description']): string {
  if (object.status === 'revoked' && successors.length > 0) {
    return `  now ${successors.map(nameOf).map(safeText).join(', ')}\n`;
  }
  if (object.status === 'deprecated')
    return `  deprecated in ATT&CK ${attackVersion}; nothing takes its place\n`;
  return '';
}

/** Facts of the object itself: label and value, empty ones left out. */
function ownFacts(object: AttackObject): readonly (readonly [string, string])[] {
  const facts: (readonly [string, string])[] = [
    ['also known as', object.aliases.join(', ')],
    ['platforms', object.platforms.join(', ')],
    ['version', object.version ?? ''],
    ['created', object.created?.slice(0, 10) ?? ''],
    ['modified', object.modified?.slice(0, 10) ?? ''],
  ];
  if (object.kind === 'software') facts.unshift(['type', object.softwareType]);
  if (object.kind === 'tactic') facts.unshift(['shortname', object.shortname]);
  if (object.kind === 'campaign') {
    facts.push(['first seen', object.firstSeen?.slice(0, 10) ?? '']);
    facts.push(['last seen', object.lastSeen?.slice(0, 10) ?? '']);
  }
  if (object.kind === 'asset') facts.push(['sectors', object.sectors.join(', ')]);
  if (object.kind === 'analytic') facts.push(['tunable', object.mutableElements.join(', ')]);
  return facts.filter(([, value]) => value !== '');
}

function factLines(object: AttackObject): string {
  return ownFacts(object)
    .map(([label, value]) => wrapLines(safeText(`${label}: ${value}`), outputWidth(), '  '))
    .join('');
}

function groupLines({ title, objects }: RelatedGroup, all: boolean): string {
  const shown = all ? objects : objects.slice(0, SHORT_LIST);
  const more = objects.length - shown.length;
  const rest = more > 0 ? `, … ${more} more (--all)` : '';
  const names = `${shown.map(nameOf).map(safeText).join(', ')}${rest}`;
  return heading(`${title} (${objects.length})`) + wrapLines(names, outputWidth(), '  ');
}

function analyticLines(analytic: AnalyticReference, words: string): string {
  const sources = analytic.logSources.map(({ name, channel, dataComponent }) => {
    const component = dataComponent === undefined ? '' : ` → ${nameOf(dataComponent)}`;
    const line = `${name}${channel === '' ? '' : ` ${channel}`}${component}`;
    return wrapLines(safeText(line), outputWidth(), '      ');
  });
  const platforms = analytic.platforms.join(', ');
  const none = sources.length === 0 ? '      no log source named\n' : '';
  const title = `  ${safeText(`${analytic.attackId ?? ''} ${platforms}`)}\n`;
  return `${title}${indentedText(words, '      ')}${sources.join('')}${none}`;
}

/** Whether a text has words beside its citations. */
const saysMore = (text: string): boolean =>
  text.replace(/\(Citation: [^()]{1,200}\)/g, '').trim() !== '';

const countOf = (shown: readonly unknown[], all: readonly unknown[]): string =>
  shown.length === all.length ? `${all.length}` : `${shown.length} of ${all.length}; --all`;

function textLines(
  { description, detection, procedures, mutableElements, references }: ObjectText,
  all: boolean,
): string {
  let lines = '';
  if (description !== undefined)
    lines += heading('description') + indentedLine(plainText(description));
  if (detection !== undefined) lines += heading('detection') + indentedLine(plainText(detection));
  if (mutableElements.some((element) => element.description !== undefined)) {
    const elements = mutableElements.map(({ field, description: words }) =>
      indentedLine(`${field}: ${words ?? ''}`),
    );
    lines += heading('tunable') + elements.join('');
  }
  const worded = procedures.filter((procedure) => saysMore(procedure.description));
  if (worded.length > 0) {
    const shown = all ? worded : worded.slice(0, SHORT_TEXTS);
    lines += heading(`procedure examples (${countOf(shown, worded)})`);
    lines += shown
      .map(({ attackId, name, description: words }) =>
        indentedLine(`${attackId ?? ''} ${name}: ${plainText(words)}`),
      )
      .join('');
  }
  if (references.length > 0) {
    const shown = all ? references : references.slice(0, SHORT_TEXTS);
    lines += heading(`references (${countOf(shown, references)})`);
    lines += shown.map(({ name, url }) => indentedLine(`${name} ${url ?? ''}`)).join('');
  }
  return lines;
}

/** The description of an object for people: what it is, what takes its place, what it is related to, MITRE's text. */
export function formatDescription(shown: ShownObject, { all }: { all: boolean }): string {
  const { description, text } = shown;
  let out = titleLine(shown) + statusLine(description) + factLines(description.object);
  for (const group of description.related) out += groupLines(group, all);
  if (description.analytics.length > 0) {
    out += heading(`analytics (${description.analytics.length})`);
    // Of an analytic itself the words follow as its description.
    const isItself = description.object.kind === 'analytic';
    out += description.analytics
      .map((analytic) =>
        analyticLines(analytic, isItself ? '' : plainText(analytic.description ?? '')),
      )
      .join('');
  }
  out += textLines(text, all);
  if (description.source === 'catalogue') {
    out += styleText(
      'dim',
      '  facts only; portolan attack update (or import FILE) brings descriptions and procedures\n',
    );
  }
  if (description.carriedOver.length > 0) {
    const note = `part of ${description.attackVersion} is carried over from an earlier version; portolan attack versions says what`;
    out += styleText('dim', wrapLines(note, outputWidth(), '  '));
  }
  return out;
}
