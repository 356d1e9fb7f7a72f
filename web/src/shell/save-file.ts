/** Gives the user a file to keep. */
export function saveFile(
  name: string,
  content: string | Uint8Array | Blob,
  mediaType: string,
): void {
  const blob =
    content instanceof Blob ? content : new Blob([content as BlobPart], { type: mediaType });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then; the address is of no more use.
  setTimeout(() => URL.revokeObjectURL(url), 30_000);
}

/** A name that every file system takes. */
export function fileName(name: string, extension: string): string {
  const clean = name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}._ -]+/gu, '')
    .trim()
    .replace(/\s+/g, '-')
    .slice(0, 80);
  return `${clean === '' ? 'layer' : clean}${extension}`;
}
