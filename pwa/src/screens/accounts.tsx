import '../styles/pin.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../messages/accounts.ts'
import { gate, session } from '../state/index.ts'
import { type Person, people_here } from '../state/people.ts'
import { Button } from '../ui/button.tsx'
import { go, href } from '../ui/router.ts'
import { Weave } from '../ui/weave.tsx'
import { EnterPin } from './enter-pin.tsx'
import { ChoosePin } from './pin.tsx'
import { ResetForm, SignInForm } from './sign-in.tsx'

/** What stands before the screens of a shared phone. */
export function Gate() {
  useEffect(() => {
    document.title = 'Chợ Phiên'
    for (const dialog of document.querySelectorAll<HTMLDialogElement>('dialog[open]')) dialog.close()
  }, [])
  return (
    <main>
      <div class="brocade" />
      <div class="page stack gate">
        {gate.value === 'choose_pin' ? (
          <ChoosePin key={session.value?.user.id} name={session.value?.user.name} />
        ) : (
          <Locked />
        )}
      </div>
    </main>
  )
}

function Locked() {
  const [people, set_people] = useState<Person[] | null>(null)
  const [chosen, choose] = useState<Person | 'new' | null>(null)
  useEffect(() => {
    void people_here().then((found) => {
      set_people(found)
      if (found.length === 1) choose(found[0] ?? null)
    })
  }, [])
  if (!people) return null
  if (chosen === null) return <Picker people={people} onChoose={choose} />
  const back = () => choose(null)
  if (chosen === 'new') return <NewPerson onBack={back} />
  return <OpenBook key={chosen.id} person={chosen} onBack={back} />
}

function Picker({ people, onChoose }: { people: Person[]; onChoose: (chosen: Person | 'new') => void }) {
  return (
    <>
      <Heading>{t('who')}</Heading>
      <ul class="people">
        {people.map((person) => (
          <li key={person.id}>
            <button type="button" class="person" onClick={() => onChoose(person)}>
              <Weave name={person.name} />
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
    </>
  )
}

/** A heading that takes the focus, so that it is read and the keyboard starts here. */
function Heading({ name, children }: { name?: string; children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <div class="gate-head">
      {name && <Weave name={name} />}
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
    </div>
  )
}

const Back = ({ onBack }: { onBack: () => void }) => (
  <Button kind="quiet" icon="back" onClick={onBack}>
    {t('back')}
  </Button>
)

function NewPerson({ onBack }: { onBack: () => void }) {
  return (
    <>
      <Heading>{t('add_person')}</Heading>
      <p>{t('add_person_why')}</p>
      <SignInForm onDone={() => go(href(), true)} />
      <Back onBack={onBack} />
    </>
  )
}

function OpenBook({ person, onBack }: { person: Person; onBack: () => void }) {
  const [forgot, set_forgot] = useState(person.pin_digits === null)
  // Another person's screen may stand in the address.
  const begin = () => {
    if (session.value?.user.id !== shown.current) go(href(), true)
  }
  const shown = useRef(session.value?.user.id)
  return forgot ? (
    <>
      <Heading name={person.name}>{person.name}</Heading>
      <Forgot person={person} onDone={begin} />
      <Back onBack={person.pin_digits === null ? onBack : () => set_forgot(false)} />
    </>
  ) : (
    <>
      <Heading name={person.name}>{person.name}</Heading>
      <EnterPin id={person.id} name={person.name} digits={person.pin_digits} onDone={begin} />
      <Button kind="quiet" icon="question" onClick={() => set_forgot(true)}>
        {t('forgot')}
      </Button>
      <Back onBack={onBack} />
    </>
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
