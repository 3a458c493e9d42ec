import '../styles/pin.css'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../messages/accounts.ts'
import { session } from '../state/index.ts'
import { type LockAfter, lock, lock_after, set_lock_after } from '../state/lock.ts'
import { type Person, people_here } from '../state/people.ts'
import { Button } from '../ui/button.tsx'
import { Picks } from '../ui/picks.tsx'
import { EnterPin } from './enter-pin.tsx'
import { ChoosePin } from './pin.tsx'
import { Portrait } from './portrait.tsx'

/** Choosing a PIN: the first, another one after the old, or the one that a person needs before the phone is handed on. */
type Step = 'choose' | 'change' | 'hand_on'

const LOCKS: LockAfter[] = ['0', '5', '30']

/** On the account's sheet: handing the phone on, and the PIN. `onPin`: whether the sheet is for the PIN alone now. */
export function Sharing({ onPin }: { onPin: (alone: boolean) => void }) {
  const [step, set_step] = useState<Step | null>(null)
  const { user, has_pin } = session.value ?? {}
  const [me, set_me] = useState<Person | null>(null)
  useEffect(() => {
    void people_here().then((people) => set_me(people.find(({ id }) => id === user?.id) ?? null))
  }, [user?.id, has_pin])
  const begin = (chosen: Step | null) => {
    set_step(chosen)
    onPin(chosen !== null)
  }
  if (!user) return null
  if (step === 'change' && me)
    return (
      <div class="stack gate">
        <h3>{t('old_pin')}</h3>
        <EnterPin id={me.id} name={me.name} digits={me.pin_digits} onDone={() => set_step('choose')} />
        <Button kind="quiet" icon="back" onClick={() => begin(null)}>
          {t('back')}
        </Button>
      </div>
    )
  if (step) {
    const done = () => {
      begin(null)
      if (step === 'hand_on') void lock()
    }
    return <ChoosePin onDone={done} onSkip={step === 'choose' ? () => begin(null) : undefined} />
  }
  return (
    <section class="stack">
      <Portrait />
      <Button icon="people" onClick={() => (has_pin ? void lock() : begin('hand_on'))}>
        {t('hand_on')}
      </Button>
      <p class="soft">{t(has_pin ? 'hand_on_why' : 'hand_on_first')}</p>
      <Button icon="lock" onClick={() => begin(has_pin ? 'change' : 'choose')}>
        {t(has_pin ? 'change_pin' : 'set_pin')}
      </Button>
      {has_pin && (
        <Picks
          label={t('lock_after')}
          picks={LOCKS.map((value) => ({ value, label: t(`lock_after_${value}`) }))}
          value={lock_after.value}
          onChange={(chosen) => void set_lock_after(chosen)}
        />
      )}
    </section>
  )
}
