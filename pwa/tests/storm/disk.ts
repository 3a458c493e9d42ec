/** A phone's storage, which fills up, and the moment at which the phone dies: at the n-th write. */
import { IDBFactory } from 'fake-indexeddb'

/** What happens at a write: the phone dies, the disk is full at once, or it is found full when the write was done. */
export type Accident = 'killed' | 'full' | 'full_late'

/** One life of the app, from launch to death. */
export class Life {
  writes = 0
  dead = false
  constructor(
    readonly accident: Accident | null = null,
    readonly at_write = 0,
  ) {}
}

let life = new Life()
let planted: Plant | null = null

/** Puts a fault of the client into its storage, to see whether it is noticed. */
export interface Plant {
  /** The value that is stored instead; null: nothing is, and the client believes that it was. */
  value?(store: string, value: Record<string, unknown>): Record<string, unknown> | null
  /** What was written before the phone died stays. */
  keeps_halves?: boolean
}

export const live_in = (next: Life): void => {
  life = next
}
export const plant = (next: Plant | null): void => {
  planted = next
}

type Transaction = IDBTransaction & { _abort(name: string): void }
type Write = (this: IDBObjectStore, ...asked: never[]) => IDBRequest

const killed = () => new DOMException('the phone was killed', 'AbortError')

/** Every write goes through here. */
function breakable(write: Write, is_delete: boolean): Write {
  return function (this: IDBObjectStore, ...asked) {
    if (life.dead) throw killed()
    life.writes += 1
    if (life.accident !== null && life.writes === life.at_write) {
      if (life.accident === 'killed') {
        life.dead = true
        if (planted?.keeps_halves) throw killed()
        this.transaction.abort()
        throw killed()
      }
      if (life.accident === 'full') {
        ;(this.transaction as Transaction)._abort('QuotaExceededError')
        throw new DOMException('the disk is full', 'QuotaExceededError')
      }
      const request = write.apply(this, asked)
      request.addEventListener('success', () => {
        ;(this.transaction as Transaction)._abort('QuotaExceededError')
      })
      return request
    }
    if (!is_delete && planted?.value) {
      const [value, ...key] = asked as unknown as [Record<string, unknown>, ...IDBValidKey[]]
      const instead = planted.value(this.name, value)
      if (instead === null) return this.count()
      return write.apply(this, [instead, ...key] as never[])
    }
    return write.apply(this, asked)
  }
}

/** Makes the storage of this process breakable; returns what mends it. */
export function break_storage(): () => void {
  const stores = IDBObjectStore.prototype as unknown as Record<string, Write>
  const databases = IDBDatabase.prototype as unknown as { transaction: (...asked: never[]) => IDBTransaction }
  const were = { put: stores.put, add: stores.add, delete: stores.delete } as Record<string, Write>
  const { transaction } = databases
  for (const [name, write] of Object.entries(were)) stores[name] = breakable(write, name === 'delete')
  databases.transaction = function (this: IDBDatabase, ...asked) {
    if (life.dead) throw killed()
    const begun = transaction.apply(this as never, asked)
    // A planted fault: the dead phone's half transaction is committed instead of undone.
    if (planted?.keeps_halves) begun.abort = () => undefined
    return begun
  }
  return () => {
    Object.assign(stores, were)
    databases.transaction = transaction
  }
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((good, bad) => {
    request.onsuccess = () => good(request.result)
    request.onerror = () => bad(request.error)
  })

type WithGenerator = {
  _rawDatabase: { rawObjectStores: Map<string, { keyGenerator: { num: number } | null }> }
}

/** What the databases of a phone hold at this moment, on another phone. */
export async function copied(from: IDBFactory): Promise<IDBFactory> {
  const before = life
  live_in(new Life())
  const to = new IDBFactory()
  for (const { name = '', version = 1 } of await from.databases()) {
    const source = await done(from.open(name))
    const opening = to.open(name, version)
    const names = [...source.objectStoreNames]
    const reading = names.length > 0 ? source.transaction(names) : null
    opening.onupgradeneeded = () => {
      for (const store_name of names) {
        const { keyPath, autoIncrement, indexNames } = (reading as IDBTransaction).objectStore(store_name)
        const made = opening.result.createObjectStore(store_name, { keyPath, autoIncrement })
        for (const index_name of indexNames) {
          const index = (reading as IDBTransaction).objectStore(store_name).index(index_name)
          made.createIndex(index_name, index.keyPath as string)
        }
      }
    }
    const contents = names.map(async (store_name) => {
      const store = (reading as IDBTransaction).objectStore(store_name)
      return [await done(store.getAllKeys()), await done(store.getAll()), store.keyPath] as const
    })
    const [target, ...read] = await Promise.all([done(opening), ...contents])
    for (const [n, [keys, values, key_path]] of read.entries()) {
      const store_name = names[n] as string
      const store = target.transaction(store_name, 'readwrite').objectStore(store_name)
      await Promise.all(
        values.map((value, at) => done(key_path === null ? store.put(value, keys[at]) : store.put(value))),
      )
      const raw = (database: IDBDatabase) =>
        (database as unknown as WithGenerator)._rawDatabase.rawObjectStores.get(store_name)?.keyGenerator
      const [kept, made] = [raw(source), raw(target)]
      if (kept && made) made.num = kept.num
    }
    source.close()
    target.close()
  }
  live_in(before)
  return to
}

/** Everything in one store of a phone's database, whatever has become of the app. */
export async function contents<T>(from: IDBFactory, database: string, store: string): Promise<T[]> {
  const before = life
  live_in(new Life())
  const known = (await from.databases()).some(({ name }) => name === database)
  if (!known) {
    live_in(before)
    return []
  }
  const opened = await done(from.open(database))
  const found = await done(opened.transaction(store).objectStore(store).getAll())
  opened.close()
  live_in(before)
  return found as T[]
}
