// Writes src/app/watched-fields.table.ts: every name in the source of the behaviours that may be a field's.
import { writeFileSync } from 'node:fs';
import { readWatchedNames, watchedFieldsModule } from './watched-names.js';

writeFileSync('src/app/watched-fields.table.ts', watchedFieldsModule(readWatchedNames()));
