//! A short sound when something was found. The browser allows it after a first click or key only.

use crate::{WebError, browser};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioContext, Event};

/// Loudness of the chime, of full scale.
const GAIN: f32 = 0.12;
/// Two tones, a fifth apart: frequency in Hz and start in s.
const TONES: [(f32, f64); 2] = [(659.26, 0.0), (987.77, 0.12)];
/// How long a tone takes to die away, in s.
const DECAY_S: f64 = 0.5;

/// The page's alert sound; silent where the browser offers no audio.
#[derive(Clone, Default)]
pub(crate) struct Chime {
    context: Rc<RefCell<Option<AudioContext>>>,
}

impl Chime {
    /// Waits for the first gesture to make its audio context, which sleeps until it is needed.
    ///
    /// # Errors
    /// [`WebError`] when the browser refuses to listen, which it does not.
    pub(crate) fn new() -> Result<Self, WebError> {
        let chime = Self::default();
        let window = browser::window()?;
        for gesture in ["pointerdown", "keydown"] {
            let chime = chime.clone();
            browser::listen(&window, gesture, move |_: Event| chime.wake())?;
        }
        Ok(chime)
    }

    fn wake(&self) {
        let mut context = self.context.borrow_mut();
        if context.is_none()
            && browser::window().is_ok_and(|w| browser::member(&w, "AudioContext").is_function())
        {
            *context = AudioContext::new().ok();
        }
    }

    /// Sounds; an alert that cannot sound is no error, the page shows the same.
    pub(crate) fn sound(&self) {
        let Some(context) = self.context.borrow().clone() else {
            return;
        };
        browser::spawn(Box::pin(async move {
            if let Ok(resumed) = context.resume() {
                // A context that stays suspended plays nothing.
                let _ = JsFuture::from(resumed).await;
                let _ = play(&context);
            }
        }));
    }
}

fn play(context: &AudioContext) -> Result<(), WebError> {
    for (frequency_hz, after_s) in TONES {
        let start_s = context.current_time() + after_s;
        let tone = context.create_oscillator()?;
        let gain = context.create_gain()?;
        tone.frequency().set_value(frequency_hz);
        gain.gain().set_value_at_time(GAIN, start_s)?;
        gain.gain()
            .exponential_ramp_to_value_at_time(0.001, start_s + DECAY_S)?;
        tone.connect_with_audio_node(&gain)?;
        gain.connect_with_audio_node(&context.destination())?;
        tone.start_with_when(start_s)?;
        tone.stop_with_when(start_s + DECAY_S)?;
    }
    Ok(())
}
