import { PARITY_ROWS, type ParityRow } from './mitreattack-python.table.js';
import { formatAnswer, type ParityAnswer } from './parity-answer.js';

/** test/parity/mitreattack-python.json, written by scripts/count-mitreattack-python.py. */
export interface ParityOracle {
  readonly tool: string;
  readonly version: string;
  /** Public methods of `MitreAttackData`. */
  readonly methods: readonly string[];
  /** By name of the bundle, `enterprise-attack-18.1`. */
  readonly bundles: Readonly<
    Record<
      string,
      {
        readonly domain: string;
        readonly version: string;
        readonly sha256: string;
        readonly samples: Readonly<Record<string, string>>;
        readonly answers: Readonly<Record<string, ParityAnswer>>;
      }
    >
  >;
}

const SHOWN = 'enterprise-attack-18.1';
/** Shown where Enterprise has no object of the kind. */
const FALLBACK = 'ics-attack-18.1';

/** Where to find what else mitreattack-python does; not part of the knowledge base. */
const ELSEWHERE = [
  [
    '`MitreAttackData(stix_filepath=…)`, `src=…`',
    '`loadBundle(paths)` of `portolan/attack/bundles`; `openShipped()`, `parseCatalogue(text)`',
  ],
  [
    'several domains in one `MemoryStore`',
    '`loadBundle([enterprise, mobile, ics])`, `readStixBundle(documents)`, both of `portolan/attack/bundles`: merged, the later `modified` wins',
  ],
  ['`stix20.custom_attack_objects`', 'the types of `portolan/attack`: `Technique`, `Analytic` …'],
  [
    '`navlayers` (`Layer`, `LayerOps`, `ToSvg`, `ToExcel`, generators)',
    '`portolan/layers`, `portolan/exporters`',
  ],
  ['`attackToExcel`', 'not yet'],
  ['`diffStix`', '`portolan attack diff`'],
  ['`collections`', "`portolan attack update` reads MITRE's collection index; making one: not yet"],
  [
    '`release_info.get_attack_version`',
    'every catalogue and installed bundle names its version and SHA-256: `portolan attack versions`',
  ],
  ['`download_stix`', '`portolan attack update`'],
] as const;

const CALLS: Readonly<Record<string, string>> = {
  active: 'remove_revoked_deprecated=True',
  parents: 'include_subtechniques=False',
  reverse: '…, reverse=True',
  relationships: '…, object_type="relationship"',
};

function callOf(theirs: string): string {
  const [method = '', how] = theirs.split(' ');
  return how === undefined ? `\`${method}\`` : `\`${method}(${CALLS[how] ?? how})\``;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

const isNothing = (answer: ParityAnswer | undefined): boolean =>
  answer === undefined || answer[0] === 0;

function lineOf(oracle: ParityOracle, { theirs, ours, difference }: ParityRow): string {
  const answersOf = (bundle: string): Readonly<Record<string, ParityAnswer>> =>
    oracle.bundles[bundle]?.answers ?? {};
  const key = difference?.expected ?? theirs;
  const isShown = !isNothing(answersOf(SHOWN)[key]) || isNothing(answersOf(FALLBACK)[key]);
  const answers = answersOf(isShown ? SHOWN : FALLBACK);
  const note = isShown ? '' : ' (ICS)';
  const shown = (asked: string): string => {
    const answer = answers[asked];
    return answer === undefined ? 'n/a' : `${formatAnswer(answer)}${note}`;
  };
  const same = difference === undefined ? 'yes' : `no: ${difference.why}`;
  const cells = [
    callOf(theirs),
    `\`${ours}\``,
    shown(theirs),
    shown(difference?.expected ?? theirs),
    same,
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** docs/mitreattack-python-parity.md; the test of the table compares the two. */
export function formatParityDocument(oracle: ParityOracle): string {
  const bundles = Object.entries(oracle.bundles).map(
    ([name, { sha256 }]) => `- \`${name}.json\`, SHA-256 \`${sha256}\``,
  );
  return `# ${oracle.tool} → Portolan

Every public method of \`MitreAttackData\` (${oracle.tool} ${oracle.version}) and the query of \`portolan/attack\` that answers it.
\`kb\` is a knowledge base: \`openShipped({ version: '18.1' })\`. Ours are few functions over plain values, typed by what
is asked for: \`relateAll(kb, 'group', 'technique')\` is a map of techniques.

The table is written by \`npx tsx scripts/write-parity-document.ts\` and every row of it is run by
\`src/attack/parity.test.ts\`: on the shipped catalogues, and on the full bundles where they are at hand. The test compares
not only how many but which: a digest of the STIX ids, counted with ${oracle.tool} by
\`scripts/count-mitreattack-python.py\` from

${bundles.join('\n')}

The counts below are those of Enterprise 18.1 (ICS 18.1 where Enterprise has none). A list: how many. A map of related
objects: keys / pairs / relationships, without keys that nothing is related to. Single look-ups ask about G0016, S0154,
C0024, T1059.001, T1059, M1042, DC0032, DET0455 and A0001 (ICS). Where the last column says no, the count of ours was
worked out by the same script from the bundle, without Portolan.

| theirs | ours | theirs on 18.1 | ours on 18.1 | same? |
| --- | --- | --- | --- | --- |
${PARITY_ROWS.map((row) => lineOf(oracle, row)).join('\n')}

## Small differences that do not show in the counts

- Names, aliases and platforms are compared without regard to case.
- \`findObjects\` answers with active objects unless \`status\` says otherwise; theirs answers with all.
- \`findObjects(kb, { text })\` and \`findRelationsByText\` need a full bundle and say so (AppError \`USAGE\`) when there is none.
- The time and text queries of theirs answer with relationships, identities and markings too; counted here are the kinds of ATT&CK object.
- \`detectionsOf(kb, technique)\` has no like there: strategies → analytics → log sources → data components as a tree.

## The rest of ${oracle.tool}

| theirs | ours |
| --- | --- |
${ELSEWHERE.map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n')}
`;
}
