import { type ReactNode, useMemo, useState } from 'react';
import { layerToFragment } from '../../../src/layers/index.js';
import type { LayerTab } from '../layers/layer-tab.js';
import { toDocument } from '../layers/to-document.js';
import type { TabView } from '../layers/use-tab-view.js';
import { DialogBox } from '../shell/dialog-box.js';

interface ShareDialogProps {
  readonly tab: LayerTab;
  readonly tabView: TabView;
  readonly onClose: () => void;
}

/** Longer links are cut off by some chat and mail programs. */
const LONG_LINK = 8_000;

type Link = { readonly url: string } | { readonly problem: string };

function linkTo(tab: LayerTab, tabView: TabView): Link {
  try {
    const fragment = layerToFragment(toDocument(tab, tabView.layer));
    return { url: `${location.origin}/matrix#${fragment}` };
  } catch (cause) {
    return { problem: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** A link that holds the whole layer in its fragment, which browsers never send to a server. */
export function ShareDialog({ tab, tabView, onClose }: ShareDialogProps): ReactNode {
  const link = useMemo(() => linkTo(tab, tabView), [tab, tabView]);
  const [isCopied, setCopied] = useState(false);
  const copy = (url: string): void => {
    navigator.clipboard.writeText(url).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <DialogBox title={`Share ${tab.layer.name} by link`} onClose={onClose}>
      {'problem' in link ? (
        <p className="notice bad" role="alert">
          {link.problem}
        </p>
      ) : (
        <>
          <p>
            The link holds the whole layer: scores, comments, links and metadata. Whoever has it can
            read all of that; nothing is sent to any server. Who opens it needs a Portolan of their
            own.
          </p>
          <textarea
            readOnly
            rows={4}
            aria-label="Link"
            className="mono"
            value={link.url}
            onFocus={(event) => event.target.select()}
          />
          <p className="muted small">
            {link.url.length.toLocaleString('en')} characters.
            {link.url.length > LONG_LINK
              ? ' Some mail and chat programs cut off links as long as this; send it as a file then.'
              : ''}
          </p>
        </>
      )}
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          Close
        </button>
        {'url' in link ? (
          <button type="button" className="button primary" onClick={() => copy(link.url)}>
            {isCopied ? 'Copied' : 'Copy link'}
          </button>
        ) : null}
      </div>
    </DialogBox>
  );
}
