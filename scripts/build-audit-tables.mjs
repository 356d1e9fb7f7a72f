// Writes src/collectors/auditd/syscalls.table.ts from the kernel headers of this machine (Debian: linux-libc-dev).
// Numbers and names are facts of the kernel's interface. Usage: node scripts/build-audit-tables.mjs
import { readFileSync, writeFileSync } from 'node:fs';

/** audit's architecture (ELF machine and flags, hexadecimal) → header. */
const HEADERS = {
  c000003e: '/usr/include/x86_64-linux-gnu/asm/unistd_64.h',
  40000003: '/usr/include/x86_64-linux-gnu/asm/unistd_32.h',
  c00000b7: '/usr/include/asm-generic/unistd.h',
};

const lines = [];
for (const [arch, header] of Object.entries(HEADERS)) {
  const names = [];
  // The generic header has __NR3264_fcntl for what is fcntl on 64 bits.
  for (const [, name, number] of readFileSync(header, 'utf8').matchAll(
    /^#define __NR(?:3264)?_(\w+) (\d+)$/gm,
  ))
    names[Number(number)] ??= name;
  const text = Array.from(names, (name) => name ?? '-').join(' ');
  const parts = text.match(/.{1,88}(?: |$)/g) ?? [];
  lines.push(`  '${arch}': [`, ...parts.map((part) => `    '${part.trim()}',`), '  ],');
}

writeFileSync(
  'src/collectors/auditd/syscalls.table.ts',
  `// Made by scripts/build-audit-tables.mjs from the Linux kernel's headers (linux-libc-dev); do not edit.

/** audit's \`arch\` → names of its system calls in the order of their numbers; \`-\` where a number has none. */
export const SYSCALL_NAMES: Readonly<Record<string, readonly string[]>> = {
${lines.join('\n')}
};
`,
);
