import '../styles/receipt.css'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import type { SaleView } from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { receipt_picture } from './receipt-picture.ts'
import { type ReceiptWords, receipt_text, receipt_words } from './receipt-words.ts'

const FAILED = 'failed'

/** The picture of these words, with an address to show it by; null until it is drawn. */
function usePicture(words: ReceiptWords, name: string) {
  const text = receipt_text(words)
  const [picture, set_picture] = useState<{ file: File; url: string } | typeof FAILED | null>(null)
  useEffect(() => {
    let gone = false
    let url = ''
    receipt_picture(words).then(
      (blob) => {
        if (gone) return
        url = URL.createObjectURL(blob)
        set_picture({ file: new File([blob], name, { type: blob.type }), url })
      },
      () => set_picture(FAILED),
    )
    return () => {
      gone = true
      URL.revokeObjectURL(url)
    }
  }, [text])
  return { picture, text }
}

/** What this phone can hand to another app: the picture with the text, the text alone, or nothing. */
function sharable(file: File | null, text: string): ShareData | null {
  const whole: ShareData = { text, ...(file ? { files: [file] } : {}) }
  if (file && navigator.canShare?.(whole)) return whole
  return 'share' in navigator ? { text } : null
}

/** A receipt to hand over, with or without a network; it says whether the co-operative has confirmed the sale. */
export const Receipt = ({ sale, onClose }: { sale: SaleView; onClose: () => void }) => (
  <Slip words={receipt_words(sale)} name={`bien-nhan-${sale.id.slice(-8)}.png`} onClose={onClose} />
)

/** Words as a picture to share or to keep; `name` is the file's. */
export function Slip({ words, name, onClose }: { words: ReceiptWords; name: string; onClose: () => void }) {
  const { picture, text } = usePicture(words, name)
  const [failed, set_failed] = useState(false)
  const drawn = picture === FAILED ? null : picture
  const data = sharable(drawn?.file ?? null, text)
  const share = () => {
    set_failed(false)
    navigator.share(data ?? {}).catch((error: DOMException) => set_failed(error.name !== 'AbortError'))
  }
  return (
    <Sheet title={words.title} onClose={onClose}>
      {drawn ? (
        <img class="receipt" data-say="say_receipt" src={drawn.url} alt={text} />
      ) : picture === FAILED ? (
        <>
          <Banner tone="warn" icon="alert">
            {t('receipt_failed')}
          </Banner>
          <pre class="receipt-text" data-say="say_receipt">
            {text}
          </pre>
        </>
      ) : (
        <p class="receipt" data-say="say_receipt" role="status">
          {t('receipt_drawing')}
        </p>
      )}
      {failed && (
        <Banner tone="warn" icon="alert">
          {t('receipt_not_shared')}
        </Banner>
      )}
      {data && (
        <Button kind="main" icon="share" disabled={picture === null} onClick={share}>
          {t('receipt_share')}
        </Button>
      )}
      {drawn && (
        <a class={`button ${data ? 'plain' : 'main'}`} href={drawn.url} download={drawn.file.name}>
          <Icon name="download" />
          <span>{t('receipt_save')}</span>
        </a>
      )}
    </Sheet>
  )
}
