import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { layerToJson } from '../../../src/layers/index.js';
import { writeApi } from '../api/api-client.js';
import { toDocument } from '../layers/to-document.js';
import type { PanelProps } from './panel-props.js';

/** Keeps the layer in the workspace, for others and other machines; this browser keeps every tab by itself. */
export function SaveLayer({ tab, tabView }: PanelProps): ReactNode {
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      writeApi('POST /api/layers', {
        json: { layer: layerToJson(toDocument(tab, tabView.layer)) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['layers'] }),
  });
  return (
    <div className="row">
      <button
        type="button"
        className="button"
        disabled={save.isPending}
        onClick={() => save.mutate()}
      >
        Save to the workspace
      </button>
      <span role="status" className="muted small">
        {save.isSuccess ? 'Saved.' : ''}
        {save.isError ? save.error.message : ''}
      </span>
    </div>
  );
}
