/** Import direction: lower storeys only, through index.ts; never the same storey or above. */
const STOREYS = [
  ['model'],
  ['attack'],
  ['collectors', 'sigma', 'behaviors', 'layers', 'reports', 'store'],
  ['assessment', 'prediction', 'incidents', 'response'],
  ['exporters'],
  ['app'],
  ['server'],
  ['cli'],
];
// Values in, values out: no node: modules.
const PURE = [
  'model',
  'sigma',
  'behaviors',
  'layers',
  'reports',
  'assessment',
  'prediction',
  'incidents',
  'exporters',
];
// dependency-cruiser names node:fs `fs`; rules of reachability know paths only.
const NODE_MODULES =
  '^(node:)?(assert|child_process|crypto|fs|fs/promises|http|https|module|net|os|path|process|stream|tls|url|util|worker_threads|zlib)$';
const notATest = '[.]test[.]ts$';

const direction = STOREYS.flatMap((parts, storey) =>
  parts.map((part) => ({
    part,
    barred: [...parts.filter((other) => other !== part), ...STOREYS.slice(storey + 1).flat()],
  })),
)
  .filter(({ barred }) => barred.length > 0)
  .map(({ part, barred }) => ({
    name: `direction-${part}`,
    severity: 'error',
    from: { path: `^src/${part}/`, pathNot: notATest },
    to: { path: `^src/(${barred.join('|')})/` },
  }));

module.exports = {
  forbidden: [
    ...direction,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'front-door-only',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: notATest },
      to: {
        path: '^src/[^/]+/', // Verbs are doors one by one, so that a command loads its own and no other.
        pathNot: [
          '^src/$1/',
          '^src/[^/]+/index[.]ts$',
          '^src/attack/(lookup|bundles)[.]ts$',
          '^src/app/[^/]+[.]ts$',
        ],
      },
    },
    {
      name: 'no-own-index',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: notATest },
      to: { path: '^src/$1/index[.]ts$' },
    },
    {
      name: 'pure-parts-do-no-io',
      severity: 'error',
      from: { path: `^src/(${PURE.join('|')})/`, pathNot: notATest },
      to: { dependencyTypes: ['core'] },
    },
    {
      // The browser draws with the same code, so what it draws from must reach no node: module, however far down.
      name: 'lookup-half-of-attack-is-pure',
      severity: 'error',
      from: { path: '^src/attack/lookup[.]ts$' },
      to: { path: NODE_MODULES, reachable: true },
    },
    {
      name: 'pure-parts-see-the-lookup-half-only',
      severity: 'error',
      from: { path: `^src/(${PURE.join('|')})/`, pathNot: notATest },
      to: { path: '^src/attack/index[.]ts$' },
    },
    {
      // zod takes 40 ms of CPU to import, which quick commands cannot afford.
      name: 'quick-door-of-attack-is-light',
      severity: 'error',
      from: { path: '^src/attack/index[.]ts$' },
      to: { path: '^node_modules/zod/', reachable: true },
    },
    {
      name: 'web-does-no-io-of-node',
      severity: 'error',
      from: { path: '^web/src/', pathNot: `${notATest}|^web/src/testing/` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'web-sees-pure-front-doors-and-api-types',
      severity: 'error',
      from: { path: '^web/' },
      to: {
        path: '^src/',
        pathNot: '^src/((model|layers|exporters)/index|attack/lookup|server/api-types)[.]ts$',
      },
    },
    {
      name: 'src-is-alone',
      severity: 'error',
      from: { path: '^src/', pathNot: notATest },
      to: { path: '^(web|test|bench|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'] },
  },
};
