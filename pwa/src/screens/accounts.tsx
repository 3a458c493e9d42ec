import '../styles/pin.css'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../messages/accounts.ts'
import { gate, session } from '../state/index.ts'
import { type Person, people_here } from '../state/people.ts'
import { skip_pin } from '../state/pin.ts'
import { Button } from '../ui/button.tsx'
import { go, href } from '../ui/router.ts'
import { Weave } from '../ui/weave.tsx'
import { EnterPin } from './enter-pin.tsx'
import { account_open } from './frame.tsx'
import { HelpMark } from './help-mark.tsx'
import { LeavePhone } from './leave-phone.tsx'
import { password_open } from './notices.tsx'
import { ChoosePin } from './pin.tsx'
import { ResetForm, SignInForm } from './sign-in.tsx'
import { Loudspeaker } from './voice/loudspeaker.tsx'

const LOOK_MS = 5_000

/** What stands before the screens of a shared phone. */
export function Gate() {
  useEffect(() => {
    document.title = 'Chợ Phiên'
    account_open.value = false
    password_open.value = false
    for (const dialog of document.querySelectorAll<HTMLDialogElement>('dialog[open]')) dialog.close()
  }, [])
  if (gate.value === 'locked') return <Locked />
  return (
    <GateScreen title={t('choose_for', { name: session.value?.user.name ?? '' })} help="ma-pin">
      <ChoosePin
        key={session.value?.user.id}
        untitled
        onSkip={gate.value === 'offer_pin' ? skip_pin : undefined}
      />
    </GateScreen>
  )
}

/** A screen of the gate: its heading takes the focus, so that it is read and the keyboard starts here. */
function GateScreen(props: { title: string; help: string; person?: Person; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [props.title])
  return (
    <div class="app">
      <header class="top">
        <div class="top-row">
          {props.person && <Weave name={props.person.name} photo={props.person.picture} />}
          <h1 ref={heading} tabIndex={-1}>
            {props.title}
          </h1>
          <Loudspeaker />
          <HelpMark page={props.help} />
        </div>
        <div class="brocade" />
      </header>
      <main class="page stack gate">{props.children}</main>
    </div>
  )
}

function Locked() {
  const [people, set_people] = useState<Person[] | null>(null)
  const [chosen, choose] = useState<Person | 'new' | null>(null)
  useEffect(() => {
    const look = () =>
      people_here().then((found) => {
        set_people(found)
        return found
      })
    void look().then((found) => found.length === 1 && choose(found[0] ?? null))
    const timer = setInterval(() => void look(), LOOK_MS) // What waits is sent meanwhile.
    return () => clearInterval(timer)
  }, [])
  if (!people) return null
  if (chosen === null) return <Picker people={people} onChoose={choose} />
  const back = () => {
    choose(null)
    void people_here().then(set_people)
  }
  if (chosen === 'new') return <NewPerson onBack={back} />
  return <OpenBook key={chosen.id} person={chosen} onBack={back} />
}

function Picker({ people, onChoose }: { people: Person[]; onChoose: (chosen: Person | 'new') => void }) {
  return (
    <GateScreen title={t('who')} help="doi-nguoi">
      <ul class="people">
        {people.map((person) => (
          <li key={person.id}>
            <button type="button" class="person" onClick={() => onChoose(person)}>
              <Weave name={person.name} photo={person.picture} />
              <span>
                <strong>{person.name}</strong>
                <small>{t(`role_${person.role}`)}</small>
                {person.unsent > 0 && <small>{t('unsent', { n: person.unsent })}</small>}
                {person.needs_password && <small>{t('password_wanted')}</small>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Button icon="person" onClick={() => onChoose('new')}>
        {t('add_person')}
      </Button>
    </GateScreen>
  )
}

const Back = ({ onBack }: { onBack: () => void }) => (
  <Button kind="quiet" icon="back" onClick={onBack}>
    {t('back')}
  </Button>
)

function NewPerson({ onBack }: { onBack: () => void }) {
  return (
    <GateScreen title={t('add_person')} help="doi-nguoi">
      <p>{t('add_person_why')}</p>
      <SignInForm onDone={() => go(href(), true)} />
      <Back onBack={onBack} />
    </GateScreen>
  )
}

function OpenBook({ person, onBack }: { person: Person; onBack: () => void }) {
  const [forgot, set_forgot] = useState(person.pin_digits === null)
  const [leaves, set_leaves] = useState(false)
  const before = useRef(session.value?.user.id)
  // Another person's screen may stand in the address.
  const begin = () => {
    if (session.value?.user.id !== before.current) go(href(), true)
  }
  const has_pin = person.pin_digits !== null
  if (leaves)
    return (
      <GateScreen title={person.name} person={person} help="doi-nguoi">
        <LeavePhone person={person} onLeft={onBack} onOpen={() => set_leaves(false)} />
        <Back onBack={() => set_leaves(false)} />
      </GateScreen>
    )
  return (
    <GateScreen title={person.name} person={person} help={forgot ? 'quen-ma-pin' : 'ma-pin'}>
      {forgot ? (
        <Forgot person={person} onDone={begin} />
      ) : (
        <>
          <EnterPin id={person.id} name={person.name} digits={person.pin_digits} onDone={begin} />
          <Button kind="quiet" icon="question" onClick={() => set_forgot(true)}>
            {t('forgot')}
          </Button>
        </>
      )}
      <Button kind="quiet" icon="exit" onClick={() => set_leaves(true)}>
        {t('leave')}
      </Button>
      <Back onBack={forgot && has_pin ? () => set_forgot(false) : onBack} />
    </GateScreen>
  )
}

function Forgot({ person, onDone }: { person: Person; onDone: () => void }) {
  return (
    <>
      <h2>{t(person.pin_digits === null ? 'no_pin' : 'forgot_title')}</h2>
      <p>{t('forgot_password')}</p>
      <p>{t('forgot_manager')}</p>
      <p class="soft">{t('forgot_safe')}</p>
      <ResetForm login={person.login} onDone={onDone} />
    </>
  )
}
