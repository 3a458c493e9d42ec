/**
 * Release 0.1.0 saved what was only on the phone as plain JSON: without a password, a name or photos. Such files are
 * read for ever. The format is in docs/file.md, version 1.
 */
import type { Change } from '../sync/answer.ts'
import type { Mutation } from '../sync/mutation.ts'
import { is_stamp, ms_of } from '../sync/stamps.ts'
import type { FileContent } from './file.ts'
import { phone } from './phone.ts'
import { FileError } from './sealed.ts'

interface PlainFile {
  format: 'chophien-outbox'
  version: number
  replica: string
  /** Whose it is. */
  account: string
  saved_at: string
  mutations: Mutation[]
  aside: Change[]
}

/** Null: it is none of them. */
function read(file: string): PlainFile | null {
  try {
    const content = JSON.parse(file) as PlainFile | null
    return content?.format === 'chophien-outbox' ? content : null
  } catch {
    return null
  }
}

export const is_plain = (file: string): boolean => read(file) !== null

/** Null where it is no plain file. Rejects with a `FileError`: `unknown_owner` where its owner has no book here. */
export async function plain_content(file: string): Promise<FileContent | null> {
  const plain = read(file)
  if (!plain) return null
  const { replica, account, saved_at, mutations, aside } = plain
  if (!Array.isArray(mutations) || !mutations.every(({ at }) => is_stamp(at))) throw new FileError('damaged')
  const session = await phone.read(['sessions'], (tx) => tx.objectStore('sessions').get(account))
  if (!session?.replica) throw new FileError('unknown_owner')
  return {
    replica,
    user: session.user,
    coop: session.coop,
    saved_at_ms: Date.parse(saved_at),
    mutations: mutations.map((mutation) => ({ mutation, recorded_at_ms: ms_of(mutation.at) })),
    aside: aside ?? [],
    photos: [],
  }
}
