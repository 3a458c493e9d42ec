import { useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import type { RefusedMutation } from '../state/index.ts'
import { date_time } from '../ui/format.ts'
import { Mark } from '../ui/mark.tsx'
import { ErrorLines } from './errors.tsx'
import { Mend } from './mend.tsx'

const name_of = ({ set, view, entity }: RefusedMutation): string => {
  const known = view && 'product_name' in view ? view.product_name : set.product_name
  return typeof known === 'string' ? known : t(`entity_${entity}`)
}

/** What the co-operative returned: a tap mends it. */
export function RefusedRow({ mutation }: { mutation: RefusedMutation }) {
  const [open, set_open] = useState(false)
  return (
    <>
      <button type="button" class="row refused-row" onClick={() => set_open(true)}>
        <span>
          <b>{name_of(mutation)}</b>
          <small>{date_time(mutation.recorded_at_ms)}</small>
          <ErrorLines errors={mutation.errors} />
          {mutation.note && (
            <small>
              {t('review_note')}: {mutation.note}
            </small>
          )}
        </span>
        <Mark state="refused" />
      </button>
      {open && <Mend at={mutation.at} onClose={() => set_open(false)} />}
    </>
  )
}
