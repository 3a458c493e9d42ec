import { t } from '../messages/screens.ts'
import { today } from '../state/index.ts'
import { days_later, month_later } from '../ui/days.ts'
import { Field } from '../ui/field.tsx'

/** When a buyer on credit promised to pay: a week or a month from now by a tap, any other day by the phone's own calendar. */
export function DueOn(props: { label: string; value: string; onChange: (day: string) => void }) {
  const { day } = today.value
  const soon = [
    ['due_week', days_later(day, 7)],
    ['due_month', month_later(day)],
  ] as const
  return (
    <div class="due">
      <Field {...props} input={{ type: 'date', min: '2000-01-01', max: '2100-12-31' }} />
      {soon.map(([name, then]) => (
        <button
          type="button"
          class="pick"
          key={name}
          aria-pressed={then === props.value}
          onClick={() => props.onChange(then === props.value ? '' : then)}
        >
          {t(name)}
        </button>
      ))}
    </div>
  )
}
