/** A file with its place below what was dropped or chosen: `logs/a.evtx`. */
export interface PlacedFile {
  readonly path: string;
  readonly file: File;
}

/** Files of a choice in a file dialog; folders keep their names in the path. */
export function filesOfInput(files: FileList | null): readonly PlacedFile[] {
  return [...(files ?? [])].map((file) => ({
    path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath,
    file,
  }));
}

/** Files of a drop, folders walked through. */
export async function filesOfDrop(transfer: DataTransfer): Promise<readonly PlacedFile[]> {
  // The list is emptied when the event is over, so entries are taken before anything is awaited.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return filesOfInput(transfer.files);
  const found = await Promise.all(entries.map(filesOfEntry));
  return found.flat();
}

async function filesOfEntry(entry: FileSystemEntry): Promise<readonly PlacedFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ''), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: PlacedFile[] = [];
  // A reader gives at most a hundred entries at a time.
  for (;;) {
    const children = await new Promise<readonly FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (children.length === 0) return files;
    for (const child of children) files.push(...(await filesOfEntry(child)));
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
