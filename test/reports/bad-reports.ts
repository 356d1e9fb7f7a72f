import { readFileSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';

/** A PDF of some objects, numbered from 1; the first is the catalogue. */
function pdf(objects: readonly string[], trailer = ''): Buffer {
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer}>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

function pages(count: number, catalogue = ''): readonly string[] {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const kids = numbers.map((index) => `${4 + index * 2} 0 R`).join(' ');
  return [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue}>>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${count} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...numbers.flatMap((index) => {
      const content = `BT /F1 11 Tf 60 700 Td (Page ${index + 1}: the loader used technique T1059.001.) Tj ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
}

/** A zip archive of one file that unpacks to far more than a document has. */
function bomb(name: string, sizeBytes: number): Buffer {
  const content = Buffer.alloc(sizeBytes, 0x20);
  const packed = deflateRawSync(content, { level: 1 });
  const label = Buffer.from(name);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(typeof crc32 === 'function' ? crc32(content) : 0, 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(label.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, label, packed]);
  const entry = Buffer.concat([
    Buffer.from('PK\u0001\u0002\u0014\u0000'),
    fields.subarray(0, 24),
    Buffer.alloc(16),
    label,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}

/** Files that no report reader should trip over, by name. */
export function badReports(): readonly (readonly [string, Uint8Array | string])[] {
  const scripts = [
    '<< /S /JavaScript /JS (app.alert\\(1\\); while\\(true\\){}) >>',
    '<< /Length 30 >>\nstream\n<xdp><script>x</script></xdp>  \nendstream',
  ];
  const encryption = `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >>`;
  const whole = readFileSync('examples/reports/copper-kettle.pdf');
  return [
    ['many-pages.pdf', pdf(pages(2_000))],
    ['script.pdf', pdf([...pages(1, '/OpenAction 6 0 R /AcroForm << /XFA 7 0 R >> '), ...scripts])],
    ['encrypted.pdf', pdf([...pages(1), encryption], '/Encrypt 6 0 R /ID [<00> <00>] ')],
    ['cut.pdf', whole.subarray(0, whole.length >> 1)],
    ['bomb.docx', bomb('word/document.xml', 280 * 1024 * 1024)],
    ['line.txt', 'The loader used technique T1059.001 and then did nothing. '.repeat(180_000)],
    ['word.txt', 'A'.repeat(10_000_000)],
    [
      'tricks.txt',
      'The loader used technique \uff34\uff11\uff10\uff15\uff19.001, technique T1003\u200b.001, \u202e320.6651T\u202c and technique T1566.001.\n',
    ],
    ['picture.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['empty.md', ''],
  ];
}
