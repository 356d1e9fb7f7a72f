/** Prints one JSON document; maps and sets do not occur in results. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
