import '../../styles/board.css'
import '../../styles/board_staff.css'
import { useMemo, useState } from 'preact/hooks'
import { t } from '../../messages/board_staff.ts'
import { t as t_staff } from '../../messages/staff.ts'
import { answer_need, watch_board, write_board } from '../../state/board.ts'
import { Empty } from '../../ui/banner.tsx'
import { Picks } from '../../ui/picks.tsx'
import { owner_name } from '../selling-for.tsx'
import { useWatch } from '../watching.ts'
import type { Desk } from './board-desk.ts'
import { MarketLines } from './board-market.tsx'
import { NeedLines } from './board-need.tsx'
import { NoticeLines } from './board-notice.tsx'
import { PriceLines } from './board-price.tsx'

const PARTS = ['needs', 'notices', 'prices', 'markets'] as const
export type Part = (typeof PARTS)[number]

/** The manager's board: all of it is on this phone, so it is read and written offline, too. */
export default function OfficeBoard() {
  const [part, set_part] = useState<Part>('needs')
  const board = useWatch(watch_board, '').value.value
  const desk: Desk | null = useMemo(() => board && { ...board, save: write_board }, [board]) ?? null
  if (!board || !desk) return <Empty icon="clock">{t_staff('loading')}</Empty>
  const needs = board.needs.map((need) => ({ ...need, from: owner_name(need.member_id) }))
  return (
    <>
      <Parts part={part} onChange={set_part} />
      {part === 'needs' ? (
        <NeedLines needs={needs} onAnswer={({ id }, answer) => answer_need(id, answer)} />
      ) : (
        <Lines part={part} desk={desk} />
      )}
    </>
  )
}

export const Parts = ({ part, onChange }: { part: Part; onChange: (part: Part) => void }) => (
  <div class="pairs">
    <Picks
      label={t('parts')}
      hide_label
      picks={PARTS.map((value) => ({ value, label: t(`part_${value}`) }))}
      value={part}
      onChange={onChange}
    />
  </div>
)

export const Lines = ({ part, desk }: { part: Exclude<Part, 'needs'>; desk: Desk }) =>
  part === 'notices' ? (
    <NoticeLines desk={desk} />
  ) : part === 'prices' ? (
    <PriceLines desk={desk} />
  ) : (
    <MarketLines desk={desk} />
  )
