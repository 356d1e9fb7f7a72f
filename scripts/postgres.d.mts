export interface PostgresServer {
  readonly url: string;
  readonly folder: string;
  stop(): void;
}
export function findPostgres(): string | undefined;
export function installPostgres(): void;
export function startPostgres(options?: {
  readonly isDurable?: boolean;
}): Promise<PostgresServer | undefined>;
export function stopPostgres(folder: string): void;
