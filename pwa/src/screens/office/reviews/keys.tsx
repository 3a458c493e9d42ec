import { useEffect } from 'preact/hooks'
import { t } from '../../../messages/reviews.ts'
import { Sheet } from '../../../ui/sheet.tsx'

/** What a key does; `next` and `previous` have two keys each. */
export interface KeyActions {
  move: (by: 1 | -1) => void
  choose: () => void
  answer: (number: number) => void
  history: () => void
  legend: () => void
}

/** Keys of the queue: not while something is typed, nor under a sheet, nor with another key held down. */
export function useKeys(actions: KeyActions) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, target } = event
      const is_typing =
        target instanceof Element && target.closest('input:not([type=checkbox]), select, textarea, dialog')
      if (
        is_typing ||
        event.ctrlKey ||
        event.altKey ||
        event.metaKey ||
        document.querySelector('dialog[open]')
      )
        return
      const on_control = target instanceof Element && target.closest('a, button')
      if (key === 'j' || key === 'ArrowDown') actions.move(1)
      else if (key === 'k' || key === 'ArrowUp') actions.move(-1)
      else if (key === 'x') actions.choose()
      else if (key === 'Enter' && !on_control) actions.history()
      else if (key === '?') actions.legend()
      else if (/^[1-9]$/.test(key)) actions.answer(Number(key))
      else return
      event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })
}

const legend = (): [keys: string[], does: string][] => [
  [['j', '↓'], t('key_next')],
  [['k', '↑'], t('key_previous')],
  [['1', '2', '3', '4'], t('key_action')],
  [['x'], t('key_choose')],
  [['Enter'], t('key_history')],
  [['?'], t('key_legend')],
]

export const KeyLegend = ({ onClose }: { onClose: () => void }) => (
  <Sheet title={t('keys')} onClose={onClose}>
    <dl class="keys">
      {legend().map(([keys, does]) => (
        <div key={does}>
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </Sheet>
)
