import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { t } from '../../messages/people.ts'
import { find_places, type Place } from '../../state/staff_people.ts'

const TYPED_MS = 200

const words_of = ({ name, province_name }: Place): string => `${name}, ${province_name}`

/** A commune by a few letters: an editable combobox with a list, for the keyboard and for screen readers. */
export function PlacePicker(props: {
  /** The name of the place that is chosen already. */
  chosen: string
  wrong?: string | null
  onChoose: (place: Place) => void
}) {
  const id = useId()
  const [text, set_text] = useState(props.chosen)
  const [found, set_found] = useState<Place[] | null>(null)
  const [at, set_at] = useState(0)
  const listbox = useRef<HTMLDivElement>(null)
  const is_open = found !== null && found.length > 0
  const asked = useAsked(text, text !== props.chosen, set_found)
  useEffect(() => set_at(0), [found])
  useEffect(() => {
    listbox.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const choose = (place: Place | undefined) => {
    if (!place) return
    asked.forget()
    set_text(words_of(place))
    set_found(null)
    props.onChoose(place)
  }
  const on_key = (event: KeyboardEvent) => {
    if (!is_open) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step) set_at((at + step + found.length) % found.length)
    else if (event.key === 'Enter') choose(found[at])
    else if (event.key === 'Escape') set_found(null)
    else return
    event.preventDefault()
  }
  return (
    <div class="field place-picker">
      <label for={id}>{t('commune')}</label>
      <input
        id={id}
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={is_open}
        aria-controls={`${id}-list`}
        aria-activedescendant={is_open ? `${id}-${at}` : undefined}
        aria-describedby={`${id}-hint`}
        aria-invalid={props.wrong ? true : undefined}
        value={text}
        onInput={(event) => set_text(event.currentTarget.value)}
        onKeyDown={on_key}
        onBlur={() => set_found(null)}
      />
      <small id={`${id}-hint`} class={props.wrong ? 'wrong' : ''} aria-live="polite">
        {props.wrong ||
          (found === null
            ? t('commune_hint')
            : found.length === 0
              ? t('commune_none')
              : t('commune_found', { n: found.length }))}
      </small>
      <div id={`${id}-list`} role="listbox" aria-label={t('commune')} hidden={!is_open} ref={listbox}>
        {found?.map((place, n) => (
          <div
            key={place.code}
            id={`${id}-${n}`}
            role="option"
            tabIndex={-1}
            aria-selected={n === at}
            // Before the field loses the focus, which closes the list.
            onMouseDown={(event) => {
              event.preventDefault()
              choose(place)
            }}
          >
            {place.name}
            <small>{place.province_name}</small>
          </div>
        ))}
      </div>
    </div>
  )
}

/** Asks for what was typed once the typing rests; an answer that comes after another was chosen is passed over. */
function useAsked(text: string, is_typed: boolean, on_found: (places: Place[] | null) => void) {
  const passed = useRef(text)
  useEffect(() => {
    if (!is_typed || text.trim() === '' || text === passed.current) return
    let current = true
    const timer = setTimeout(() => {
      find_places(text).then(
        (places) => current && on_found(places),
        () => current && on_found(null),
      )
    }, TYPED_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [text])
  return {
    forget: () => {
      passed.current = ''
    },
  }
}
