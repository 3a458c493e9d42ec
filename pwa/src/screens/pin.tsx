import '../styles/pin.css'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { t } from '../messages/accounts.ts'
import { choose_pin, DIGITS_MAX, is_pin } from '../state/pin.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', '⌫']

interface PinPadProps {
  label: string
  pin: string
  disabled?: boolean
  /** After each digit, with what stands there now. */
  onPin: (pin: string) => void
  onEnter?: () => void
}

/** Digits by large keys, or by any keyboard wherever the focus is: nothing that is typed here reaches what is below. */
export function PinPad({ label, pin, disabled = false, onPin, onEnter }: PinPadProps) {
  const input = useRef<HTMLInputElement>(null)
  const press = (key: string) => {
    if (disabled) return
    if (key === '⌫') onPin(pin.slice(0, -1))
    else if (pin.length < DIGITS_MAX) onPin(pin + key)
  }
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (target !== input.current && target.matches('input, textarea, select')) return
      if (event.key === 'Enter' && !target.matches('button, a, summary')) onEnter?.()
      const key = event.key === 'Backspace' ? '⌫' : event.key
      if (key.length !== 1 || !KEYS.includes(key)) return
      event.preventDefault()
      event.stopPropagation()
      press(key)
    }
    addEventListener('keydown', listen, true)
    return () => removeEventListener('keydown', listen, true)
  })
  return (
    <>
      <label class="pin-field">
        {label}
        <input
          ref={input}
          type="password"
          inputmode="numeric"
          autocomplete="one-time-code"
          maxLength={DIGITS_MAX}
          value={pin}
          readOnly={disabled}
          onInput={({ currentTarget }) => {
            const typed = currentTarget.value.replace(/\D/g, '').slice(0, DIGITS_MAX)
            currentTarget.value = typed
            onPin(typed)
          }}
        />
      </label>
      <p class="unseen" aria-live="polite">
        {pin && t('pin_typed', { n: pin.length })}
      </p>
      <div class="keypad">
        {KEYS.map((key) =>
          key ? (
            <button
              type="button"
              key={key}
              disabled={disabled}
              aria-label={key === '⌫' ? t('erase') : undefined}
              onClick={() => press(key)}
            >
              {key === '⌫' ? <Icon name="erase" /> : key}
            </button>
          ) : (
            <span key={key} />
          ),
        )}
      </div>
    </>
  )
}

interface ChoosePinProps {
  /** The screen's own heading says what is asked. */
  untitled?: boolean
  /** It is on the disk. */
  onDone?: () => void
  /** Present where nobody need have one. */
  onSkip?: (() => void) | undefined
}

/** A PIN for the account that is signed in, typed twice. */
export function ChoosePin({ untitled, onDone, onSkip }: ChoosePinProps) {
  const [pin, set_pin] = useState('')
  const [first, set_first] = useState<string | null>(null)
  const [saving, set_saving] = useState(false)
  const [wrong, set_wrong] = useState<'choose_differ' | 'choose_failed' | null>(null)
  const again = (why: 'choose_differ' | 'choose_failed') => {
    set_first(null)
    set_wrong(why)
  }
  const next = async () => {
    if (!is_pin(pin) || saving) return
    set_pin('')
    if (first === null) {
      set_wrong(null)
      return set_first(pin)
    }
    if (pin !== first) return again('choose_differ')
    set_saving(true)
    await choose_pin(pin).then(onDone, () => again('choose_failed'))
    set_saving(false)
  }
  return (
    <div class="stack gate">
      {!untitled && <h2>{t('choose')}</h2>}
      <p>{t('choose_why')}</p>
      <div role="alert">
        {wrong && (
          <Banner tone="bad" icon="alert">
            {t(wrong)}
          </Banner>
        )}
      </div>
      <PinPad
        label={t(first === null ? 'pin' : 'choose_again')}
        pin={pin}
        disabled={saving}
        onPin={set_pin}
        onEnter={() => void next()}
      />
      <Button kind="main" icon="lock" disabled={!is_pin(pin) || saving} onClick={() => void next()}>
        {t('next')}
      </Button>
      {onSkip && (
        <Button kind="quiet" icon="arrow" onClick={onSkip}>
          {t('skip')}
        </Button>
      )}
      <p class="soft">{t('choose_is')}</p>
    </div>
  )
}
