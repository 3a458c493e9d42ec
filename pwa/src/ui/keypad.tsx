import { useLayoutEffect } from 'preact/hooks'
import { t } from '../messages/index.ts'
import { Icon } from './icon.tsx'
import { type Entry, KEYS, press } from './typing.ts'

/** `money` and `count` have a key for thousands, `parts` has the comma. */
export type KeypadKind = keyof typeof KEYS

/** Keys of a keyboard that mean a key of the keypad. */
const KEYBOARD: Record<string, string> = { Backspace: '⌫', '.': ',', Delete: '⌫' }

/** The keypad; a keyboard's digits and Enter do the same wherever nothing else takes them. */
export function Keypad(props: {
  kind: KeypadKind
  entry: Entry
  onEntry: (entry: Entry) => void
  onEnter: () => void
}) {
  // Before the next key, not after the next paint: fast typing must not meet an old display.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (target.matches('input:not([type=radio]), textarea, select')) return
      if (event.key === 'Enter' && !target.matches('button, a, summary')) props.onEnter()
      const key = KEYBOARD[event.key] ?? event.key
      if (!(KEYS[props.kind] as readonly string[]).includes(key)) return
      event.preventDefault()
      props.onEntry(press(props.entry, key, props.kind))
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  })
  return (
    <div class="keypad">
      {KEYS[props.kind].map((key) => (
        <button
          type="button"
          key={key}
          aria-label={key === '⌫' ? t('erase') : undefined}
          onClick={() => props.onEntry(press(props.entry, key, props.kind))}
        >
          {key === '⌫' ? <Icon name="erase" /> : key}
        </button>
      ))}
    </div>
  )
}
