/**
 * Opens a database and keeps it open. A store that does not open is tried again and never deleted: what it holds may
 * exist nowhere else.
 */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb'

export type StorageErrorCode = 'storage_full' | 'storage_outdated' | 'storage_failed'

export class StorageError extends Error {
  constructor(
    readonly code: StorageErrorCode,
    cause?: unknown,
  ) {
    super(code, { cause })
    this.name = 'StorageError'
  }
}

export type UpgradeTx<T extends DBSchema> = IDBPTransaction<T, StoreNames<T>[], 'versionchange'>

export interface Schema<T extends DBSchema> {
  name: string
  version: number
  /** From which version, 0 where there was none. Migrations only add. */
  upgrade(db: IDBPDatabase<T>, from: number, tx: UpgradeTx<T>): void
}

/**
 * Who waits for whom. `blocked`: this page for another tab, which keeps an older version of the database open.
 * `outdated`: a newer release in another tab had to have the database; this page is of the old one. null: it is open.
 */
export type OnWait = (wait: 'blocked' | 'outdated' | null) => void

const TRIES = 3

export function storage_error(error: unknown): unknown {
  const name = (error as DOMException | null)?.name
  if (name === 'QuotaExceededError') return new StorageError('storage_full', error)
  // A newer release has migrated it meanwhile; this page is of the old one.
  if (name === 'VersionError') return new StorageError('storage_outdated', error)
  if (error instanceof DOMException) return new StorageError('storage_failed', error)
  return error
}

/** The connection is gone or the engine's own files did not open; both pass when it is opened anew. */
function is_passing(error: unknown): boolean {
  const { name, message = '' } = (error as DOMException | null) ?? {}
  return name === 'InvalidStateError' || name === 'UnknownError' || /backing store|connection/i.test(message)
}

export class Database<T extends DBSchema> {
  private connection: Promise<IDBPDatabase<T>> | null = null

  constructor(
    private readonly schema: Schema<T>,
    private readonly on_wait: OnWait = () => {},
  ) {}

  private connect(): Promise<IDBPDatabase<T>> {
    const forget = () => {
      this.connection = null
    }
    this.connection ??= openDB<T>(this.schema.name, this.schema.version, {
      upgrade: (db, from, _, tx) => this.schema.upgrade(db, from, tx),
      blocked: () => this.on_wait('blocked'),
      // A newer release in another tab wants to migrate: get out of its way.
      blocking: (_, version) => {
        this.close()
        if (version !== null) this.on_wait('outdated')
      },
      terminated: forget,
    }).then(
      (db) => {
        this.on_wait(null)
        return db
      },
      (error: unknown) => {
        forget()
        throw error
      },
    )
    return this.connection
  }

  /**
   * Runs `work` in one transaction; resolves only after `oncomplete`. Durability is strict: Chrome's default no longer
   * waits for the disk. `work` may await nothing but this transaction's own requests.
   */
  async write<R, N extends StoreNames<T>>(
    stores: N[],
    work: (tx: IDBPTransaction<T, N[], 'readwrite'>) => Promise<R>,
  ): Promise<R> {
    return this.attempt(async (db) => {
      const tx = db.transaction(stores, 'readwrite', { durability: 'strict' })
      return settle(tx, work(tx))
    })
  }

  async read<R, N extends StoreNames<T>>(
    stores: N[],
    work: (tx: IDBPTransaction<T, N[], 'readonly'>) => Promise<R>,
  ): Promise<R> {
    return this.attempt((db) => work(db.transaction(stores, 'readonly')))
  }

  /** Begins to open it, before anybody reads; who reads is told when it does not open. */
  open(): void {
    this.attempt(async () => {}).catch(() => {})
  }

  close(): void {
    const closing = this.connection
    this.connection = null
    closing?.then((db) => db.close()).catch(() => {})
  }

  private async attempt<R>(run: (db: IDBPDatabase<T>) => Promise<R>): Promise<R> {
    for (let tries = 1; ; tries++) {
      try {
        return await run(await this.connect())
      } catch (error) {
        if (tries >= TRIES || !is_passing(error)) throw storage_error(error)
        this.close()
      }
    }
  }
}

/** The result of `work` once the transaction is complete; the transaction's own reason where it was aborted. */
async function settle<R>(
  tx: { done: Promise<void>; abort(): void; error: DOMException | null },
  work: Promise<R>,
) {
  const done = tx.done.then(
    () => null,
    (error: unknown) => ({ error: tx.error ?? error }),
  )
  try {
    const result = await work
    const failure = await done
    if (failure) throw failure.error
    return result
  } catch (error) {
    try {
      tx.abort()
    } catch {
      // It has ended by itself: a full disk, say.
    }
    const failure = await done
    throw failure && tx.error ? tx.error : error
  }
}
