// Writes examples/reports/copper-kettle.pdf: a made-up report of two pages, in a PDF of our own making.
import { writeFileSync } from 'node:fs';

type Line = readonly ['title' | 'heading' | 'text' | 'item', string];

const LINES: readonly Line[] = [
  ['title', 'Copper Kettle: an access broker and its stealer'],
  ['text', 'Example Intelligence Desk, 9 June 2026. Made up for the tests of Portolan.'],
  ['heading', 'Overview'],
  [
    'text',
    'Copper Kettle sells access to companies. Since March 2026 we have followed its campaign against hotels in three countries. A guest complains by mail and sends a link to photographs. The link leads to an archive with a disk image; inside is a signed program and a library of the same folder, so that Windows loads the library of the intruder when the program starts.',
  ],
  [
    'text',
    'The library decrypts a second stage with XOR and injects it into a suspended process. The second stage is a stealer. It reads saved passwords and cookies from Chrome and Firefox, takes screenshots, logs keystrokes, and searches the disk for wallets and for files with the word password in their name.',
  ],
  ['heading', 'Staying and moving'],
  [
    'text',
    'Where the machine belongs to a domain the operators go on by hand. They created a local administrator, enabled Remote Desktop through the registry, and opened the firewall for it with netsh. On the domain controller they ran ntdsutil and took the whole database of accounts. Tickets of service accounts were requested and broken offline.',
  ],
  [
    'item',
    'Persistence: a shortcut in the Startup folder, and a WMI event subscription on servers.',
  ],
  ['item', 'Discovery: whoami, ipconfig /all, nltest /dclist, and BloodHound on one site.'],
  ['item', 'Tools: Mimikatz, AdFind, Advanced IP Scanner, Rclone.'],
  ['heading', 'Command and control'],
  [
    'text',
    'The stealer speaks HTTP to kettle-stats[.]example on port 8443 and hides its messages in JSON that looks like telemetry. When no server answers it reads a new address from the profile of a player on a games site. Commands are signed, so that nobody else can take the machines over. We saw no use of Tor.',
  ],
  ['heading', 'What was sold'],
  [
    'text',
    'Two weeks after the first infection the access appeared in a forum. In one hotel another crew came in with the same account, stopped the database services, deleted backups with wbadmin and ran LockBit. In the others nothing more happened while we watched. The intruders exploited CVE-2021-34527 in one hotel to become SYSTEM.',
  ],
  ['heading', 'Indicators'],
  ['text', 'kettle-stats[.]example, guest-photos[.]example, 198.51.100[.]23'],
  ['text', 'MD5 0cc175b9c0f1b6a831c399e269772661 (library), mutex Global\\ck_2026'],
  ['heading', 'Recommendations'],
  [
    'text',
    'Block disk images from the internet. Use a password manager instead of the browser. Restrict Remote Desktop. Monitor for T1003.003 and for new local administrators.',
  ],
];

const SIZES = { title: 20, heading: 14, text: 11, item: 11 } as const;
const LEFT = 64;
const TOP = 780;
const BOTTOM = 64;
const WIDTH = 92;

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

const GAPS = { title: 16, heading: 16, text: 8, item: 4 } as const;

/** Text operators of each page, from top to bottom. */
function layOut(): readonly string[] {
  const pages: string[][] = [[]];
  let y = TOP;
  for (const [kind, text] of LINES) {
    y -= GAPS[kind];
    for (const [index, line] of wrap(text).entries()) {
      if (y < BOTTOM) {
        pages.push([]);
        y = TOP;
      }
      pages
        .at(-1)
        ?.push(drawLine(kind, kind === 'item' && index === 0 ? `\u0095 ${line}` : line, y));
      y -= SIZES[kind] * 1.35;
    }
  }
  return pages.map((page) => page.join('\n'));
}

function drawLine(kind: Line[0], line: string, y: number): string {
  const font = kind === 'title' || kind === 'heading' ? 'F2' : 'F1';
  const x = kind === 'item' ? LEFT + 12 : LEFT;
  const escaped = line.replace(/[\\()]/g, '\\$&').replace('\u0095', '\\225');
  return `BT /${font} ${SIZES[kind]} Tf ${x} ${y} Td (${escaped}) Tj ET`;
}

// Source: ISO 32000-1, "File structure"; the standard fonts need no file.
function writePdf(pages: readonly string[]): string {
  const first = 6;
  const kids = pages.map((_page, index) => `${first + index * 2} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    `<< /Title (${LINES[0]?.[1]}) /CreationDate (D:20260609080000Z) /Producer (Portolan examples) >>`,
    ...pages.flatMap((page, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${first + index * 2 + 1} 0 R >>`,
      `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    ]),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = text.length;
  return `${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${start}\n%%EOF\n`;
}

writeFileSync('examples/reports/copper-kettle.pdf', writePdf(layOut()), 'latin1');
