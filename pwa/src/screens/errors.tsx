import { t, t_code } from '../messages/screens.ts'

/** What the server found wrong, in words: `{quantity_milli: ["required"]}` → `Số lượng: còn thiếu`. */
function error_words(errors: Record<string, string[]>): string[] {
  const lines = Object.entries(errors).map(([field, codes]) => {
    const words = codes.map((code) => t_code('refused', code) ?? t('refused_invalid')).join(', ')
    const name = t_code('field', field)
    return name ? `${name}: ${words}` : words
  })
  return lines.length ? lines : [t('refused_invalid')]
}

/** What was wrong, a line per field. */
export const ErrorLines = ({ errors }: { errors: Record<string, string[]> }) => (
  <ul class="wrong-lines">
    {error_words(errors).map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
)
