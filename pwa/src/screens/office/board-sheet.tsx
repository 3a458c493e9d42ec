import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../../messages/board_staff.ts'
import { t as t_screens } from '../../messages/screens.ts'
import { t_code, t as t_staff } from '../../messages/staff.ts'
import { new_id } from '../../state/id.ts'
import { StaffError } from '../../state/staff.ts'
import { Banner } from '../../ui/banner.tsx'
import { finds } from '../../ui/fold.ts'
import { Picks } from '../../ui/picks.tsx'
import { SaveButton } from '../../ui/save-button.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useHalfTyped } from '../frame.tsx'
import { failure, useRecording } from '../recording.ts'
import type { Desk, Target } from './board-desk.ts'

/** Why nothing was saved: on this phone, or at the server. */
export const save_failure = (error: unknown): string =>
  error instanceof StaffError ? (t_code('error', error.code) ?? t('error_other')) : failure(error)

/** A sheet that writes one record of the board, to the own co-operative or to chosen ones. */
export function BoardSheet(props: {
  title: string
  desk: Desk
  /** What is edited; a new one goes to all co-operatives. */
  line: { id: string; coops?: readonly string[] } | null
  /** What is missing, in words. */
  lacks: string | null
  onSave: (target: Target, coops: readonly string[] | null) => Promise<void>
  onClose: () => void
  children: ComponentChildren
}) {
  const { desk, lacks, line } = props
  // The same one until it is saved: trying again never makes two.
  const [target] = useState<Target>(() =>
    line ? { ...line, is_new: false } : { id: new_id(Date.now()), is_new: true },
  )
  const having = line?.coops
  const is_all = !having || having.length >= (desk.coops?.length ?? 0)
  const [coops, set_coops] = useState<readonly string[] | null>(is_all ? null : having)
  const recording = useRecording()
  useHalfTyped()
  const missing = lacks ?? (coops?.length === 0 ? t('lacks_coops') : null)
  const save = async () => {
    await props.onSave(target, coops)
    props.onClose()
  }
  return (
    <Sheet title={props.title} onClose={props.onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void recording.run(save)
        }}
      >
        {props.children}
        {desk.coops && <ToWhom coops={desk.coops} chosen={coops} onChange={set_coops} />}
        {recording.failed !== null && (
          <Banner tone="bad" icon="alert">
            {save_failure(recording.failed)}
          </Banner>
        )}
        <SaveButton lacks={missing && t_screens('lacks', { what: missing })} running={recording.running}>
          {t('save')}
        </SaveButton>
      </form>
    </Sheet>
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
