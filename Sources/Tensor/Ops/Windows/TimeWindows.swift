import HornetSupport

/// Windows of `size` taps that slide along the axis of time: tap `j` of window `w` lies on the step
/// `w·stride + j·dilation − before`. What lies outside `0 ..< time` is padding, which nobody computes.
package struct TimeWindows: Sendable, Equatable {
    package enum Padding: String, Sendable {
        /// None: all taps of all windows are on real steps.
        case valid
        /// `⌈time / stride⌉` windows; the padding they need is shared out between both ends, an odd step goes to the end.
        case same
        /// As many, all of it at the beginning: a window sees no step later than its own.
        case causal
    }

    package let time, size, stride, dilation: Int
    /// Steps of padding before the first real one.
    package let before: Int
    /// How many windows there are.
    package let count: Int

    /// `nil` when the axis is too short for any window. Sizes as Keras' `compute_conv_output_shape`, padding as its
    /// backends share it out.
    package init?(time: Int, size: Int, stride: Int = 1, dilation: Int = 1, padding: Padding = .valid) {
        let span = (size - 1) * dilation + 1
        let count = padding == .valid ? (time - span + stride) / stride : (time + stride - 1) / stride
        guard count > 0, time > 0 else { return nil }
        (self.time, self.size, self.stride, self.dilation, self.count) = (time, size, stride, dilation, count)
        switch padding {
        case .valid: before = 0
        case .same: before = Swift.max((count - 1) * stride + span - time, 0) / 2
        case .causal: before = span - 1
        }
    }

    /// Whether no tap lies on padding.
    package var seeNoPadding: Bool { before == 0 && (count - 1) * stride + (size - 1) * dilation < time }

    /// The step under a tap of a window; padding where it is outside `0 ..< time`.
    package func step(of window: Int, tap: Int) -> Int { window * stride + tap * dilation - before }

    /// The windows whose tap `tap` lies on a real step.
    package func windows(seeingAt tap: Int) -> Range<Int> {
        let offset = tap * dilation - before
        let first = offset < 0 ? (stride - 1 - offset) / stride : 0
        let end = offset < time ? (time - offset + stride - 1) / stride : 0
        let low = Swift.min(first, count)
        return low..<Swift.max(low, Swift.min(end, count))
    }

    /// The real taps of a window, of which there may be none where taps are far apart.
    package func taps(of window: Int) -> Range<Int> {
        let offset = window * stride - before
        let first = offset < 0 ? (dilation - 1 - offset) / dilation : 0
        let end = offset < time ? (time - offset + dilation - 1) / dilation : 0
        let low = Swift.min(first, size)
        return low..<Swift.max(low, Swift.min(end, size))
    }
}
