/** What is done with the photos of an account: kept, sent, forgotten when the disk is full and others have them. */
import type { IDBPTransaction } from 'idb'
import { type Database, StorageError } from '../db/open.ts'
import { sha256_of } from '../db/sha256.ts'
import type { Shrunk } from './encode.ts'
import type { OwnPhoto, PhotoFile, PhotoPhase, PhotoSchema, PhotoSize } from './photo_db.ts'

const DAY_MS = 86_400_000

type PhotoTx = IDBPTransaction<PhotoSchema, ('own' | 'files' | 'drafts')[], 'readwrite'>

const phase_range = (phase: PhotoPhase): IDBKeyRange => IDBKeyRange.bound([phase], [phase, []])

export class PhotoStore {
  constructor(readonly db: Database<PhotoSchema>) {}

  /** Keeps a photo that was just taken; it is not sent before `release`. Resolves to its address. */
  async keep({ full, thumbnail }: Shrunk, now_ms: number): Promise<string> {
    const sha256 = await sha256_of(full.content)
    const row: OwnPhoto = {
      sha256,
      phase: 'draft',
      bytes: full.content.byteLength,
      taken_at_ms: now_ms,
      asked_at_ms: 0,
      code: null,
    }
    await this.with_room(() =>
      this.db.write(['own', 'files'], async (tx) => {
        if (!(await tx.objectStore('own').get(sha256))) await tx.objectStore('own').put(row)
        await tx.objectStore('files').put({ sha256, size: 'full', ...full })
        await tx.objectStore('files').put({ sha256, size: 'thumbnail', ...thumbnail })
      }),
    )
    return sha256
  }

  /** A record is about to name it: from now on it is sent, and for a day nobody asks for its name (`besides`). */
  release(sha256: string, now_ms: number): Promise<void> {
    return this.change(sha256, (row) =>
      row.phase === 'draft' ? { ...row, phase: 'unsent', taken_at_ms: now_ms } : row,
    )
  }

  change(sha256: string, by: (row: OwnPhoto) => OwnPhoto): Promise<void> {
    return this.db.write(['own'], async (tx) => {
      const row = await tx.objectStore('own').get(sha256)
      if (row) await tx.objectStore('own').put(by(row))
    })
  }

  /** The next one to ask the server about: the oldest that is not sent, then one that was not safe yesterday. */
  next(now_ms: number): Promise<OwnPhoto | null> {
    return this.db.read(['own'], async (tx) => {
      const by_phase = tx.objectStore('own').index('phase')
      const unsent = await by_phase.get(phase_range('unsent'))
      if (unsent) return unsent
      const sent = await by_phase.getAll(phase_range('sent'))
      return sent.find(({ asked_at_ms }) => Math.abs(now_ms - asked_at_ms) >= DAY_MS) ?? null
    })
  }

  /** What is not sent, the oldest first. */
  unsent_files(): Promise<PhotoFile[]> {
    return this.db.read(['own', 'files'], async (tx) => {
      const unsent = await tx.objectStore('own').index('phase').getAll(phase_range('unsent'))
      const files = tx.objectStore('files')
      const found = await Promise.all(unsent.map(({ sha256 }) => files.get([sha256, 'full'])))
      return found.filter((file) => file !== undefined)
    })
  }

  /** A photo that was saved to a file; on the phone that still has it nothing changes. */
  take_back(file: PhotoFile, taken_at_ms: number): Promise<void> {
    const { sha256, content } = file
    const row: OwnPhoto = {
      sha256,
      phase: 'unsent',
      bytes: content.byteLength,
      taken_at_ms,
      asked_at_ms: 0,
      code: null,
    }
    return this.db.write(['own', 'files'], async (tx) => {
      if (await tx.objectStore('own').get(sha256)) return
      await tx.objectStore('own').put(row)
      await tx.objectStore('files').put(file)
    })
  }

  /** How many wait to be sent, and why the server refused which. */
  overview(): Promise<{ waiting: number; refused: ReadonlyMap<string, string> }> {
    return this.db.read(['own'], async (tx) => {
      const by_phase = tx.objectStore('own').index('phase')
      const [waiting, refused] = await Promise.all([
        by_phase.count(phase_range('unsent')),
        by_phase.getAll(phase_range('refused')),
      ])
      return { waiting, refused: new Map(refused.map(({ sha256, code }) => [sha256, code ?? 'invalid'])) }
    })
  }

  file(sha256: string, size: PhotoSize): Promise<PhotoFile | undefined> {
    return this.db.read(['files'], (tx) => tx.objectStore('files').get([sha256, size]))
  }

  /** Which of these photos have no file of this size here. */
  lacking(wanted: Iterable<string>, size: PhotoSize): Promise<string[]> {
    return this.db.read(['files'], async (tx) => {
      const keys = await tx.objectStore('files').getAllKeys()
      const here = new Set(keys.filter((key) => key[1] === size).map(([sha256]) => sha256))
      return [...new Set(wanted)].filter((sha256) => !here.has(sha256))
    })
  }

  /** Keeps what the server delivered; where the disk is full it is shown all the same, and fetched again next time. */
  async cache(file: PhotoFile): Promise<void> {
    await this.db
      .write(['files'], (tx) => tx.objectStore('files').put(file))
      .catch((error: unknown) => {
        if (!is_full(error)) throw error
      })
  }

  /** The server may not be the one that was told: what it had taken is offered to it again. */
  ask_again(): Promise<void> {
    return this.db.write(['own'], async (tx) => {
      const own = tx.objectStore('own')
      for (const phase of ['sent', 'safe', 'refused'] as const)
        for (const row of await own.index('phase').getAll(phase_range(phase)))
          await own.put({ ...row, phase: 'unsent', code: null })
    })
  }

  /**
   * Which photos are here besides these, without those of the last day: a form may be about to name one of them.
   * `kept`: the server keeps it, or never will.
   */
  besides(named: Iterable<string>, now_ms: number): Promise<Map<string, { kept: boolean }>> {
    return this.db.read(['own', 'files'], async (tx) => {
      const found = new Map<string, { kept: boolean }>()
      for (const [sha256] of await tx.objectStore('files').getAllKeys()) found.set(sha256, { kept: true })
      for (const { sha256, phase, taken_at_ms } of await tx.objectStore('own').getAll()) {
        if (phase === 'draft' || Math.abs(now_ms - taken_at_ms) < DAY_MS) found.delete(sha256)
        else found.set(sha256, { kept: phase === 'safe' || phase === 'refused' })
      }
      for (const sha256 of named) found.delete(sha256)
      return found
    })
  }

  forget(photos: string[]): Promise<void> {
    return this.db.write(['own', 'files'], async (tx) => {
      for (const sha256 of photos) await forget_in(tx, sha256)
    })
  }

  /** Photos that no saved form has named for a day. */
  forget_drafts(now_ms: number): Promise<void> {
    return this.db.write(['own', 'files', 'drafts'], async (tx) => {
      const named = JSON.stringify(await tx.objectStore('drafts').getAll())
      for (const { sha256, taken_at_ms } of await tx
        .objectStore('own')
        .index('phase')
        .getAll(phase_range('draft'))) {
        if (Math.abs(now_ms - taken_at_ms) < DAY_MS || named.includes(sha256)) continue
        await forget_in(tx, sha256)
      }
    })
  }

  /** Drops every file that the server has and keeps; whether there was one. What is only here stays. */
  make_room(): Promise<boolean> {
    return this.db.write(['own', 'files'], async (tx) => {
      const own = tx.objectStore('own')
      const only_here = new Set<string>()
      for (const { sha256, phase } of await own.getAll()) {
        if (phase === 'safe') await own.delete(sha256)
        else only_here.add(sha256)
      }
      const files = tx.objectStore('files')
      const spare = (await files.getAllKeys()).filter(([sha256]) => !only_here.has(sha256))
      for (const key of spare) await files.delete(key)
      return spare.length > 0
    })
  }

  private async with_room<R>(work: () => Promise<R>): Promise<R> {
    try {
      return await work()
    } catch (error) {
      if (!is_full(error) || !(await this.make_room())) throw error
      return work()
    }
  }
}

async function forget_in(tx: PhotoTx, sha256: string): Promise<void> {
  await tx.objectStore('own').delete(sha256)
  await tx.objectStore('files').delete([sha256, 'full'])
  await tx.objectStore('files').delete([sha256, 'thumbnail'])
}

const is_full = (error: unknown): boolean => error instanceof StorageError && error.code === 'storage_full'
