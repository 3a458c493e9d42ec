import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../../messages/board_staff.ts'
import { t as t_screens } from '../../messages/screens.ts'
import { t_code, t as t_staff } from '../../messages/staff.ts'
import type { BoardEntity } from '../../state/board.ts'
import { new_id } from '../../state/id.ts'
import { StaffError } from '../../state/staff.ts'
import { finds } from '../../ui/fold.ts'
import { Picks } from '../../ui/picks.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { FormSheet } from '../form-sheet.tsx'
import { failure, useRecording } from '../recording.ts'
import type { Desk, Target } from './board-desk.ts'

/** Why nothing was saved: on this phone, or at the server. */
export const save_failure = (error: unknown): string =>
  error instanceof StaffError ? (t_code('error', error.code) ?? t('error_other')) : failure(error)

/** A sheet that writes one record of the board, to the own co-operative or to chosen ones. */
export function BoardSheet(props: {
  title: string
  desk: Desk
  entity: BoardEntity
  /** What is edited; a new one goes to all co-operatives. */
  line: { id: string; coops?: readonly string[] } | null
  /** What is missing, in words. */
  lacks: string | null
  /** What is written of it; it is shown again if it was withdrawn. */
  changes: Record<string, unknown>
  onClose: () => void
  children: ComponentChildren
}) {
  const { desk, entity, lacks, line } = props
  // The same one until it is saved: trying again never makes two.
  const [target] = useState<Target>(() =>
    line ? { ...line, is_new: false } : { id: new_id(Date.now()), is_new: true },
  )
  const having = line?.coops
  const is_all = !having || having.length >= (desk.coops?.length ?? 0)
  const [coops, set_coops] = useState<readonly string[] | null>(is_all ? null : having)
  const missing = lacks ?? (coops?.length === 0 ? t('lacks_coops') : null)
  const save = async () => {
    await desk.save(entity, target, { ...props.changes, withdrawn: false }, coops)
    props.onClose()
  }
  return (
    <FormSheet
      title={props.title}
      action={t('save')}
      lacks={missing && t_screens('lacks', { what: missing })}
      doing={useRecording()}
      words={save_failure}
      work={save}
      onClose={props.onClose}
    >
      {props.children}
      {desk.coops && <ToWhom coops={desk.coops} chosen={coops} onChange={set_coops} />}
    </FormSheet>
  )
}

/** All co-operatives, or some of them by name. */
function ToWhom(props: {
  coops: readonly { id: string; name: string }[]
  chosen: readonly string[] | null
  onChange: (chosen: readonly string[] | null) => void
}) {
  const { coops, chosen, onChange } = props
  const [query, set_query] = useState('')
  const found = coops.filter(({ name }) => finds(name, query))
  const put = (id: string, is_in: boolean) =>
    onChange([...(chosen ?? []).filter((each) => each !== id), ...(is_in ? [id] : [])])
  return (
    <div class="stack">
      <Picks
        label={t('to_whom')}
        picks={[
          { value: 'all', label: t('to_all') },
          { value: 'some', label: t('to_some') },
        ]}
        value={chosen ? 'some' : 'all'}
        onChange={(which) => onChange(which === 'all' ? null : [])}
      />
      {chosen && (
        <fieldset class="to-whom stack">
          <legend class="unseen">{t('to_some')}</legend>
          {coops.length > 8 && <SearchField label={t('search')} value={query} onChange={set_query} />}
          {found.length === 0 && <p class="soft">{t_staff('none_found')}</p>}
          {found.map(({ id, name }) => (
            <label class="line" key={id}>
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={(event) => put(id, event.currentTarget.checked)}
              />
              {name}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  )
}
