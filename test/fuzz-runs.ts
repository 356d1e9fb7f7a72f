import fc from 'fast-check';

// `npm run fuzz` asks for more cases than the 100 that a property has unless it names a number of its own.
const runs = Number(process.env['FUZZ_RUNS'] ?? 0);
if (runs > 0) fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: runs });
