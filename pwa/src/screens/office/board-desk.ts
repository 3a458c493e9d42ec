import type { Board, BoardEntity } from '../../state/board.ts'

/** A record on the desk; the province's says which co-operatives have it. */
export type Line<T> = T & { coops?: readonly string[] }

/** The record that is written, and which co-operatives have it already. */
export interface Target {
  id: string
  is_new: boolean
  coops?: readonly string[]
}

/** What staff write the board with: a manager into the own book, the province into those of many co-operatives. */
export interface Desk {
  notices: readonly Line<Board['notices'][number]>[]
  prices: readonly Line<Board['prices'][number]>[]
  markets: readonly Line<Board['markets'][number]>[]
  /** Whom the province can write to; a manager writes to the own co-operative. */
  coops?: readonly { id: string; name: string }[]
  /** `coops` null: all. */
  save: (
    entity: BoardEntity,
    target: Target,
    changes: Record<string, unknown>,
    coops: readonly string[] | null,
  ) => Promise<void>
}
