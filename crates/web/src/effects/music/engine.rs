//! An audio context with the player's worklet in it, and the worker that renders for it. Samples go from one to the
//! other through a port of their own; the page's thread never has them.

use super::{number, object};
use crate::{WebError, browser, effects::Dispatch};
use atomine_app::{
    Failure, Msg,
    player::{FRAMES_PER_S, Load, PieceId, PlayerMsg},
};
use atomine_protocol::Atom;
use js_sys::{Array, Reflect, Uint8Array};
use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AudioContext, AudioContextOptions, AudioWorkletNode, AudioWorkletNodeOptions, Event, GainNode,
    MessageChannel, MessageEvent, MessagePort, Worker, WorkerOptions, WorkerType,
};

/// Where the threads' code is, relative to the page.
const WORKER: &str = "audio/synth-worker.js";
const WORKLET: &str = "audio/worklet.js";
/// The worklet's name for what plays.
const PROCESSOR: &str = "atomine-player";
/// The volume follows its slider this fast, in s: no step is heard.
const GLIDE_S: f64 = 0.02;

/// Dropping it ends the sound and both threads.
pub(super) struct Engine {
    dispatch: Dispatch,
    context: AudioContext,
    gain: GainNode,
    worker: Worker,
    node: OnceCell<AudioWorkletNode>,
    /// What the worklet is told once it is there.
    waiting: RefCell<Vec<JsValue>>,
    /// The last piece that was asked for: whatever breaks, it is the one that fails.
    piece: Cell<PieceId>,
    broken: Cell<bool>,
    listeners: RefCell<Vec<JsValue>>,
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
        if let Some(node) = self.node.get() {
            node.set_onprocessorerror(None);
            if let Ok(port) = node.port() {
                port.set_onmessage(None);
            }
        }
        // It throws only when it is closed already.
        let _ = self.context.close();
    }
}

impl Engine {
    /// Starts both threads; the worklet comes in a moment, and hears then what it is told until then.
    ///
    /// # Errors
    /// [`WebError`] where the browser has no such audio.
    pub(super) fn new(dispatch: &Dispatch) -> Result<Rc<Self>, WebError> {
        if !browser::member(&browser::window()?.into(), "AudioWorkletNode").is_function() {
            return Err(WebError::Missing("audio worklets"));
        }
        let options = AudioContextOptions::new();
        #[expect(clippy::cast_precision_loss, reason = "44,100 is exact")]
        options.set_sample_rate(FRAMES_PER_S as f32);
        options.set_latency_hint(&"playback".into());
        let context = AudioContext::new_with_context_options(&options)?;
        let gain = context.create_gain()?;
        gain.connect_with_audio_node(&context.destination())?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name("atomine synth");
        let engine = Rc::new(Self {
            dispatch: Rc::clone(dispatch),
            worker: Worker::new_with_options(WORKER, &options)?,
            context,
            gain,
            node: OnceCell::new(),
            waiting: RefCell::default(),
            piece: Cell::default(),
            broken: Cell::new(false),
            listeners: RefCell::default(),
        });
        engine.listen();
        let fetched = engine.context.audio_worklet()?.add_module(WORKLET)?;
        let starting = Rc::downgrade(&engine);
        browser::spawn(Box::pin(async move {
            let fetched = JsFuture::from(fetched).await.map_err(WebError::from);
            if let Some(engine) = starting.upgrade()
                && let Err(error) = fetched.and_then(|_| engine.connect())
            {
                engine.failed(error.to_string());
            }
        }));
        Ok(engine)
    }

    /// It failed, and is no more use.
    pub(super) fn broken(&self) -> bool {
        self.broken.get()
    }

    /// Lets the sound out; within a click it is allowed.
    pub(super) fn wake(&self) {
        // A context that stays asleep is silent, which the visitor hears.
        let _ = self.context.resume();
        // With this the ring switch of a telephone leaves the music alone. Where it is unknown there is no switch.
        if let Ok(window) = browser::window() {
            let session = browser::member(&window.navigator(), "audioSession");
            let _ = Reflect::set(&session, &"type".into(), &"playback".into());
        }
    }

    /// Has a piece rendered, and played in place of what is played now.
    ///
    /// # Errors
    /// [`WebError`] when a thread cannot be told.
    pub(super) fn load(&self, load: &Load) -> Result<(), WebError> {
        self.piece.set(load.piece);
        let piece = JsValue::from(load.piece.0);
        self.compose(piece.clone(), load.atom, load.layers, load.from)?;
        let take = object(&[
            ("piece", piece),
            ("at", load.from.into()),
            ("seamless", load.seamless.into()),
        ])?;
        self.gain.gain().set_value(load.gain);
        self.tell(object(&[
            ("load", take),
            ("playing", load.playing.into()),
            ("looped", load.looped.into()),
        ])?)
    }

    /// Has the beginning of an Atom's whole music rendered, under a number that no piece has.
    ///
    /// # Errors
    /// [`WebError`] when the worker cannot be told.
    pub(super) fn prepare(&self, atom: Atom) -> Result<(), WebError> {
        self.compose(PieceId::default().0.into(), atom, u8::MAX, 0)
    }

    fn compose(&self, piece: JsValue, atom: Atom, layers: u8, from: u32) -> Result<(), WebError> {
        let hash = Uint8Array::from(atom.hash.0.as_slice());
        Ok(self.worker.post_message(&object(&[
            ("piece", piece),
            ("id", atom.id.get().into()),
            ("hash", hash.into()),
            ("layers", layers.into()),
            ("from", from.into()),
        ])?)?)
    }

    /// Of full scale.
    pub(super) fn set_gain(&self, gain: f32) {
        let glided =
            self.gain
                .gain()
                .set_target_at_time(gain, self.context.current_time(), GLIDE_S);
        if glided.is_err() {
            self.gain.gain().set_value(gain);
        }
    }

    /// Tells the worklet.
    ///
    /// # Errors
    /// [`WebError`] when it cannot be told.
    pub(super) fn tell(&self, message: JsValue) -> Result<(), WebError> {
        match self.node.get() {
            Some(node) => node.port()?.post_message(&message)?,
            None => self.waiting.borrow_mut().push(message),
        }
        Ok(())
    }

    /// The worklet's code is there: joins it to the worker and tells it what waits.
    fn connect(self: &Rc<Self>) -> Result<(), WebError> {
        let options = AudioWorkletNodeOptions::new();
        options.set_number_of_inputs(0);
        options.set_output_channel_count(&Array::of1(&2.into()));
        let node = AudioWorkletNode::new_with_options(&self.context, PROCESSOR, &options)?;
        node.connect_with_audio_node(&self.gain)?;
        let port = node.port()?;
        let heard = self.listener(|engine, event: &MessageEvent| engine.heard(&event.data()));
        port.set_onmessage(Some(&heard));
        let broke = self.listener(|engine, _: &Event| {
            engine.failed("the audio worklet broke".to_owned());
        });
        node.set_onprocessorerror(Some(&broke));
        let between = MessageChannel::new()?;
        hand_over(&between.port1(), "audio", |message, ports| {
            self.worker.post_message_with_transfer(message, ports)
        })?;
        hand_over(&between.port2(), "synth", |message, ports| {
            port.post_message_with_transferable(message, ports)
        })?;
        let node = self.node.get_or_init(|| node);
        for message in self.waiting.take() {
            node.port()?.post_message(&message)?;
        }
        Ok(())
    }

    fn listen(self: &Rc<Self>) {
        let rendered = self.listener(|engine, event: &MessageEvent| engine.rendered(&event.data()));
        self.worker.set_onmessage(Some(&rendered));
        let broke = self.listener(|engine, event: &Event| {
            event.prevent_default();
            let message = browser::member(event, "message").as_string();
            engine.failed(message.unwrap_or_else(|| "the synth could not be loaded".to_owned()));
        });
        self.worker.set_onerror(Some(&broke));
    }

    /// A listener that lives as long as this does, and no longer.
    fn listener<E: JsCast + wasm_bindgen::convert::FromWasmAbi + 'static>(
        self: &Rc<Self>,
        hear: impl Fn(&Self, &E) + 'static,
    ) -> js_sys::Function {
        let engine = Rc::downgrade(self);
        let closure = Closure::<dyn FnMut(E)>::new(move |event: E| {
            if let Some(engine) = engine.upgrade() {
                hear(&engine, &event);
            }
        });
        let listener: js_sys::Function = closure.into_js_value().unchecked_into();
        self.listeners.borrow_mut().push(listener.clone().into());
        listener
    }

    /// The worker said something.
    fn rendered(&self, message: &JsValue) {
        let piece = PieceId(number(message, "piece"));
        let levels = browser::member(message, "levels");
        self.say(match levels.dyn_ref::<Uint8Array>() {
            Some(levels) => PlayerMsg::Drawn {
                piece,
                first: number(message, "first") as usize,
                levels: levels.to_vec(),
            },
            None => PlayerMsg::Composed {
                piece,
                frames: number(message, "frames"),
            },
        });
    }

    /// The worklet said something.
    fn heard(&self, message: &JsValue) {
        let piece = PieceId(number(message, "piece"));
        self.say(if browser::member(message, "ended").is_truthy() {
            PlayerMsg::Ended(piece)
        } else {
            PlayerMsg::Heard {
                piece,
                frame: number(message, "frame"),
                waiting: browser::member(message, "waiting").is_truthy(),
            }
        });
    }

    fn failed(&self, why: String) {
        self.broken.set(true);
        self.say(PlayerMsg::Failed {
            piece: self.piece.get(),
            failure: Failure(why),
        });
    }

    fn say(&self, msg: PlayerMsg) {
        (self.dispatch)(Msg::Player(msg));
    }
}

/// Gives one end of what joins the two threads away, under this name.
fn hand_over(
    end: &MessagePort,
    name: &str,
    post: impl Fn(&JsValue, &JsValue) -> Result<(), JsValue>,
) -> Result<(), WebError> {
    let message = object(&[(name, end.into())])?;
    Ok(post(&message, &Array::of1(end))?)
}
