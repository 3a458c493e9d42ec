/** The board as the province reads and writes it, on line. Imported only by its screen (a lazy chunk). */
import type { Market, Need, Notice, Price } from '../generated/entities.ts'
import type { BoardEntity } from './board.ts'
import { ask, type ListParams, list, type Page } from './staff.ts'

/** One line for all co-operatives that have it. */
export type StaffLine<T> = T & { id: string; coops: string[]; changed_at: string }

export interface StaffBoard {
  notices: StaffLine<Notice>[]
  prices: StaffLine<Price>[]
  markets: StaffLine<Market>[]
}

export type StaffNeed = Need & { id: string; coop_id: string; member_name: string | null }

export async function fetch_board(coop: string): Promise<StaffBoard> {
  const lines = async <T>(entity: BoardEntity) =>
    (await list<Page<StaffLine<T>>>(`/board/${entity}`, { coop })).items
  const [notices, prices, markets] = await Promise.all([
    lines<Notice>('notice'),
    lines<Price>('price'),
    lines<Market>('market'),
  ])
  return { notices, prices, markets }
}

export const fetch_needs = (params: ListParams): Promise<Page<StaffNeed>> => list('/needs', params)

/** The same again, after a lost answer, goes on where it stopped: `id` is made by who writes. */
export async function write_to_coops(
  entity: BoardEntity,
  id: string,
  set: Record<string, unknown>,
  coops: readonly string[] | null,
): Promise<void> {
  const is_ours = (answer: { id: string }) => answer.id === id
  await ask(`/board/${entity}/${id}`, { method: 'PUT', body: { set, coops } }, is_ours)
}

export async function answer_need_of({ id, coop_id }: StaffNeed, answer: string): Promise<void> {
  const is_ours = ({ items }: Page<unknown>) => Array.isArray(items)
  await ask(`/needs/${id}/answer`, { method: 'PUT', body: { coop: coop_id, answer } }, is_ours)
}
