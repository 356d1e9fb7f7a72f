import { type ReactNode, useState } from 'react';
import type { GivenRenderOptions } from '../../../src/exporters/index.js';
import { formatIssue, type Issue } from '../../../src/model/index.js';
import type { AttackVersion } from '../../../src/server/api-types.js';
import { loadKnowledgeBase, useVersions, versionFor } from '../attack/use-knowledge-base.js';
import type { LayerTab } from '../layers/layer-tab.js';
import { layerTabs } from '../layers/layer-tabs-store.js';
import { toDocument } from '../layers/to-document.js';
import type { TabView } from '../layers/use-tab-view.js';
import { DialogBox } from '../shell/dialog-box.js';
import { fileName, saveFile } from '../shell/save-file.js';
import { ExportOptions } from './export-options.js';
import type { FileFormat } from './render-file.js';

const FORMATS: readonly (readonly [FileFormat, string])[] = [
  ['json', 'JSON: a layer that Navigator opens'],
  ['svg', 'SVG: a drawing, sharp at any size'],
  ['png', 'PNG: a picture for slides and chats'],
  ['xlsx', 'XLSX: the matrix, scores, comments and evidence'],
  ['csv', 'CSV: a table of the techniques'],
  ['markdown', 'Markdown: tables for a document'],
];

interface ExportDialogProps {
  readonly tab: LayerTab;
  readonly tabView: TabView;
  readonly onClose: () => void;
}

/** All layers of the tabs with the versions of ATT&CK that they are drawn on; evidence is the tab in front or left out. */
async function allInputs({ tab, tabView }: ExportDialogProps, versions: readonly AttackVersion[]) {
  const inputs = [];
  for (const each of layerTabs.present().tabs) {
    if (each.evidence !== undefined && each.id !== tab.id) continue;
    const layer = toDocument(each, each.id === tab.id ? tabView.layer : each.layer);
    const url = versionFor(versions, layer.domain, layer.versions.attack)?.catalogueUrl;
    if (url === undefined) continue;
    inputs.push({ layer, knowledgeBase: await loadKnowledgeBase(url) });
  }
  return inputs;
}

/** Exports what a tab shows, with every option that the command line has. */
export function ExportDialog(props: ExportDialogProps): ReactNode {
  const { tab, tabView, onClose } = props;
  const [format, setFormat] = useState<FileFormat>('svg');
  const [options, setOptions] = useState<GivenRenderOptions>({});
  const [takesAll, setTakesAll] = useState(false);
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const versions = useVersions();
  const canTakeAll = format === 'json' || format === 'xlsx';

  const make = async (): Promise<void> => {
    const { knowledgeBase } = tabView;
    if (knowledgeBase === undefined) return;
    const { renderAll, renderFile } = await import('./render-file.js');
    const layer = toDocument(tab, tabView.layer);
    const file =
      takesAll && canTakeAll
        ? await renderAll(format, await allInputs(props, versions.data ?? []), options)
        : await renderFile(format, { layer, knowledgeBase, options });
    const name = takesAll && canTakeAll ? 'layers' : layer.name;
    saveFile(fileName(name, file.extension), file.content, file.mediaType);
    setIssues(file.issues);
    if (file.issues.length === 0) onClose();
  };
  const run = (): void => {
    setBusy(true);
    setError(undefined);
    make()
      .catch((cause: unknown) => setError(cause instanceof Error ? cause.message : String(cause)))
      .finally(() => setBusy(false));
  };

  return (
    <DialogBox title={`Export ${tab.layer.name}`} isWide onClose={onClose}>
      <fieldset className="format-choices">
        <legend>Format</legend>
        {FORMATS.map(([value, label]) => (
          <label key={value} className="check">
            <input
              type="radio"
              name="format"
              checked={format === value}
              onChange={() => setFormat(value)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      {canTakeAll ? (
        <label className="check">
          <input
            type="checkbox"
            checked={takesAll}
            onChange={(event) => setTakesAll(event.target.checked)}
          />
          All layers in one file
        </label>
      ) : null}
      <ExportOptions format={format} options={options} onChange={setOptions} />
      {error === undefined ? null : (
        <p className="notice bad" role="alert">
          {error}
        </p>
      )}
      {issues.length === 0 ? null : (
        <div className="notice" role="status">
          <p>The file is saved. What it does not show:</p>
          <ul className="issue-list">
            {issues.slice(0, 20).map((issue) => (
              <li key={formatIssue(issue)}>{formatIssue(issue)}</li>
            ))}
          </ul>
          {issues.length > 20 ? <p>{issues.length - 20} more.</p> : null}
        </div>
      )}
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          Close
        </button>
        <button type="button" className="button primary" disabled={isBusy} onClick={run}>
          {isBusy ? 'Making the file …' : 'Save file'}
        </button>
      </div>
    </DialogBox>
  );
}
