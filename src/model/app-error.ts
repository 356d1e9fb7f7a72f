import type { ErrorCode } from './error-codes.table.js';

/** The caller or the world is wrong: missing file, bad option, impossible state. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;

  /**
   * @param code stable, from the table of error codes; it decides the exit code.
   * @param message one line, lower case: what was wanted, what was found, where.
   */
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
