import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { writeApi } from '../api/api-client.js';
import { refreshWorkspace } from '../live/use-live-events.js';
import { filesOfDrop, filesOfInput, type PlacedFile } from './files-of-drop.js';
import { LoadExample } from './home-page.js';
import { ImportList } from './import-list.js';

const KINDS = {
  auto: 'Tell by content',
  logs: 'Logs and alerts',
  reports: 'Threat reports',
  rules: 'Sigma rules',
  layers: 'Navigator layers',
} as const;
type Kind = keyof typeof KINDS;

function nameOf(files: readonly PlacedFile[]): string {
  const [first] = files;
  if (first === undefined) return '';
  const folder = first.path.includes('/') ? (first.path.split('/')[0] ?? '') : undefined;
  if (files.length === 1) return first.path.split('/').at(-1) ?? first.path;
  return folder ?? `${first.path} and ${files.length - 1} more`;
}

function useUpload(kind: Kind) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (files: readonly PlacedFile[]) => {
      const form = new FormData();
      for (const { path, file } of files) form.append('files', file, path);
      return writeApi('POST /api/imports', { query: { kind, name: nameOf(files) }, body: form });
    },
    onSettled: () => refreshWorkspace(client),
  });
}

function DropZone({ kind }: { readonly kind: Kind }): ReactNode {
  const upload = useUpload(kind);
  const [isOver, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const send = (chosen: readonly PlacedFile[]): void => {
    if (chosen.length > 0) upload.mutate(chosen);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way; the buttons inside do the same.
    <div
      className="drop-zone stack"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void filesOfDrop(event.dataTransfer).then(send);
      }}
    >
      <p>
        <strong>Drop files or a folder here</strong>
      </p>
      <p className="muted">
        Windows event logs, JSON and CSV of a SIEM, syslog, auditd, CloudTrail and other clouds,
        Zeek; PDF, Word and HTML reports; Sigma rules; Navigator layers; zip and gzip of these.
      </p>
      <div className="row center">
        <button type="button" className="button primary" onClick={() => files.current?.click()}>
          Choose files …
        </button>
        <button type="button" className="button" onClick={() => folder.current?.click()}>
          Choose a folder …
        </button>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label="Files"
          onChange={(event) => {
            send(filesOfInput(event.target.files));
            event.target.value = '';
          }}
        />
        <input
          ref={folder}
          type="file"
          hidden
          aria-label="Folder"
          {...{ webkitdirectory: '' }}
          onChange={(event) => {
            send(filesOfInput(event.target.files));
            event.target.value = '';
          }}
        />
      </div>
      {upload.isPending ? <p role="status">Sending to the server of this workspace …</p> : null}
      {upload.isError ? (
        <p role="alert" className="notice bad">
          {upload.error.message}
        </p>
      ) : null}
    </div>
  );
}

function FromAddress({ kind }: { readonly kind: Kind }): ReactNode {
  const client = useQueryClient();
  const [url, setUrl] = useState('');
  const fetchUrl = useMutation({
    mutationFn: () => writeApi('POST /api/imports/url', { json: { url, kind } }),
    onSuccess: () => setUrl(''),
    onSettled: () => refreshWorkspace(client),
  });
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (url.trim() !== '') fetchUrl.mutate();
      }}
    >
      <label className="field grow">
        <span>Or an address; the server fetches it, private addresses are refused</span>
        <input
          type="url"
          value={url}
          placeholder="https://example.com/report.html"
          onChange={(event) => setUrl(event.target.value)}
        />
      </label>
      <button type="submit" className="button" disabled={url.trim() === '' || fetchUrl.isPending}>
        Fetch
      </button>
      {fetchUrl.isError ? (
        <p role="alert" className="notice bad">
          {fetchUrl.error.message}
        </p>
      ) : null}
    </form>
  );
}

/** Brings files in, and shows how far each import is. */
export function ImportsPage(): ReactNode {
  const [kind, setKind] = useState<Kind>('auto');
  return (
    <main className="page">
      <h1>Imports</h1>
      <section className="stack">
        <label className="field narrow">
          <span>What it is</span>
          <select value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
            {Object.entries(KINDS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <DropZone kind={kind} />
        <FromAddress kind={kind} />
        <p className="row">
          <LoadExample isFirst={false} />
          <span className="muted">a made-up break-in: five logs, an hour and a half</span>
        </p>
      </section>
      <section className="stack tight" aria-labelledby="all-imports">
        <h2 id="all-imports">What was brought in</h2>
        <ImportList limit={100} />
      </section>
    </main>
  );
}
