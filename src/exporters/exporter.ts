import type { KnowledgeBase } from '../attack/lookup.js';
import type { Layer } from '../layers/index.js';
import type { Issue } from '../model/index.js';
import type { GivenRenderOptions } from './render-options.js';

/** What an exporter works from. */
export interface ExportInput {
  readonly layer: Layer;
  /** Of the layer's domain, and of the ATT&CK version that the layer is to be shown on. */
  readonly knowledgeBase: KnowledgeBase;
  readonly options?: GivenRenderOptions | undefined;
}

/** What an exporter made. */
export interface Rendering {
  /** Text is meant to be written as UTF-8. */
  readonly content: string | Uint8Array;
  /** What could not be shown, or does not fit. */
  readonly issues: readonly Issue[];
}

/**
 * Renders a layer in one format. Same input, same bytes, on every machine; never writes, never loses an entry of the
 * layer without naming it in the content or, where the content has no room, in the issues.
 */
export interface Exporter {
  /** Name on the command line: `svg`. */
  readonly format: string;
  readonly mediaType: string;
  /** With its dot: `.svg`. */
  readonly extension: string;
  /** @throws AppError USAGE when an option is wrong or the layer is of another domain than the knowledge base. */
  render(input: ExportInput): Rendering | Promise<Rendering>;
}
