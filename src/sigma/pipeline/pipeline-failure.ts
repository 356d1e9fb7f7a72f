/** Stops the reading of a pipeline, or its work on a rule; never leaves this part. */
export class PipelineFailure extends Error {
  /** Keys from the top of the document that is read. */
  readonly path: readonly (string | number)[];

  constructor(message: string, path: readonly (string | number)[] = []) {
    super(message);
    this.path = path;
  }
}

/** A kind of item that is known and has no meaning where rules are matched, or needs what a pipeline may not reach. */
export class PipelineUnsupported extends PipelineFailure {}
