// Prints the CPU milliseconds that the first opening of the newest catalogue takes in a fresh process.
import { openShipped } from '../dist/attack/index.js';

const before = process.cpuUsage();
openShipped().byAttackId.get('T1059.001');
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);
