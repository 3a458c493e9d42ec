import '../../styles/board.css'
import '../../styles/board_staff.css'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t as t_staff } from '../../messages/staff.ts'
import {
  answer_need_of,
  fetch_board,
  fetch_needs,
  type StaffNeed,
  write_to_coops,
} from '../../state/staff_board.ts'
import { Lines, type Part, Parts } from '../office/board.tsx'
import type { Desk } from '../office/board-desk.ts'
import { NeedLines } from '../office/board-need.tsx'
import { Shown, useFetched } from '../office/fetched.tsx'

const NEEDS_MAX = 1000

/** The province's board: one line for what went to many co-operatives, and what members of all of them told. */
export default function ProvinceBoard(props: {
  coop: string
  pick: ComponentChildren
  coops: readonly { id: string; name: string }[]
}) {
  const { coop, coops } = props
  const [part, set_part] = useState<Part>('needs')
  const board = useFetched(() => fetch_board(coop), coop)
  const needs = useFetched(() => fetch_needs({ coop, limit: NEEDS_MAX }), coop)
  const save: Desk['save'] = async (entity, { id, coops: having = [] }, changes, chosen) => {
    const left = chosen ? having.filter((id) => !chosen.includes(id)) : []
    if (left.length > 0) await write_to_coops(entity, id, { withdrawn: true }, left)
    await write_to_coops(entity, id, changes, chosen)
    board.again()
  }
  const answer = async (need: StaffNeed, text: string) => {
    await answer_need_of(need, text)
    needs.again()
  }
  const name_of = (id: string): string => coops.find((coop) => coop.id === id)?.name ?? '–'
  return (
    <>
      <Parts part={part} onChange={set_part} />
      <div class="filters">{props.pick}</div>
      {part === 'needs' ? (
        <Shown fetched={needs}>
          {({ items }) => (
            <NeedLines
              needs={items.map((need) => ({
                ...need,
                from: need.member_name ?? t_staff('coop_own'),
                coop_name: name_of(need.coop_id),
              }))}
              onAnswer={(need, text) => answer(need as unknown as StaffNeed, text)}
            />
          )}
        </Shown>
      ) : (
        <Shown fetched={board}>{(lines) => <Lines part={part} desk={desk_of(lines, coops, save)} />}</Shown>
      )}
    </>
  )
}

/** The province keeps nothing on the phone: what the server told stands nowhere else, and is never new. */
function desk_of(
  { notices, prices, markets }: Awaited<ReturnType<typeof fetch_board>>,
  coops: Desk['coops'],
  save: Desk['save'],
): Desk {
  const kept = <T,>(lines: readonly T[]) =>
    lines.map((line) => ({ ...line, state: 'coop' as const, is_new: false }))
  return { notices: kept(notices), prices: kept(prices), markets: kept(markets), coops: coops ?? [], save }
}
