import { describeStore } from '../contract/store.js';
import { emptyPostgresPlace, WITHOUT_POSTGRES } from '../shared-postgres.js';

describeStore({
  name: 'PostgreSQL',
  without: WITHOUT_POSTGRES,
  emptyPlace: emptyPostgresPlace,
});
