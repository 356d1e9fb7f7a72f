// node bench/full-bundle.mjs parse|portolan|adm:FOLDER BUNDLE.gz: prints the CPU milliseconds of one way to load a bundle.
// Reading and unpacking are left out of all of them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

const [mode, path] = process.argv.slice(2);
const text = gunzipSync(readFileSync(path)).toString('utf8');

const WAYS = {
  parse: async () => () => JSON.parse(text).objects.length,
  portolan: async () => {
    const { parseBundle, readStixBundle } = await import('../dist/attack/bundles.js');
    return () => {
      const { knowledgeBase } = readStixBundle([parseBundle(text, path)], { version: '18.1' });
      const technique = knowledgeBase.byAttackId.get('T1059.001');
      return knowledgeBase.relations.to(technique.stixId, 'uses').length;
    };
  },
  adm: async (folder) => {
    const require = createRequire(pathToFileURL(`${folder}/index.js`));
    const { AttackDataModel, registerDataSource, loadDataModel, DataSourceRegistration } =
      await import(pathToFileURL(require.resolve('@mitre-attack/attack-data-model')).href);
    const { writeFileSync } = await import('node:fs');
    writeFileSync('/tmp/adm-bundle.json', text);
    return async () => {
      const registration = new DataSourceRegistration({
        source: 'file',
        path: '/tmp/adm-bundle.json',
        parsingMode: 'relaxed',
      });
      const model = loadDataModel(await registerDataSource(registration));
      return model instanceof AttackDataModel && model.techniques.length;
    };
  },
};

const [name, folder] = mode.split(/:(.*)/s);
const work = await WAYS[name](folder);
const log = console.log;
console.log = () => {};
const before = process.cpuUsage();
const answer = await work();
const { user, system } = process.cpuUsage(before);
if (!(Number(answer) > 100)) throw new Error(`expected an answer, found ${answer}`);
log((user + system) / 1000);
