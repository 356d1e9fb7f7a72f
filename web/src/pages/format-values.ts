const NUMBER = new Intl.NumberFormat('en');

/** `12,345` */
export function formatCount(count: number): string {
  return NUMBER.format(count);
}

/** `3 reports`, `1 report` */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `2026-03-03 09:02:08 UTC`; a dash when there is no time. */
export function formatTime(time: string | undefined): string {
  return time === undefined ? '–' : `${time.slice(0, 19).replace('T', ' ')} UTC`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `1.2 MB`, in powers of 1,000. */
export function formatBytes(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(1, bytes)) / 3), UNITS.length - 1);
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${UNITS[power]}`;
}
