import CHornetKernels
import HornetSupport

/// Pooling in windows along time: `[batch, time, width] → [batch, windows, width]`. Padding has no say.
extension Value {
    /// The maximum in each window; the gradient goes to the first step that reaches it.
    package func maxPooled(_ windows: TimeWindows) -> Value {
        let pooling = WindowPooling(tensor, windows)
        let (batch, width) = (pooling.batch, pooling.width)
        var y = Tensor(uninitialized: [batch, windows.count, width])
        var winner = Indices(uninitialized: y.shape)
        let (maxima, winners) = (y.write { $0 }, winner.write { $0 })
        tensor.read { x in
            pooling.forEachWindow { b, window, steps in
                let place = (b * windows.count + window) * width
                hornet_max_pool(
                    x + (b * windows.time + steps.lowerBound) * width, maxima + place, winners + place, 1, steps.count, width)
            }
        }
        let won = winner
        return Value.recorded(y, from: [self]) { dy, dx in
            var gradient = Tensor.zeros([batch, windows.time, width])
            let start = gradient.write { $0 }
            reading(dy, won) { dy, won in
                pooling.forEachWindow { b, window, steps in
                    let place = (b * windows.count + window) * width
                    let own = start + (b * windows.time + steps.lowerBound) * width
                    for c in 0..<width { own[Int(won[place + c]) * width + c] += dy[place + c] }
                }
            }
            dx.add(gradient, to: 0)
        }
    }

    /// The mean of the real steps of each window.
    package func averagePooled(_ windows: TimeWindows) -> Value {
        let pooling = WindowPooling(tensor, windows)
        let (batch, width) = (pooling.batch, pooling.width)
        var y = Tensor(uninitialized: [batch, windows.count, width])
        let means = y.write { $0 }
        tensor.read { x in
            pooling.forEachWindow { b, window, steps in
                let mean = means + (b * windows.count + window) * width
                hornet_column_sums(x + (b * windows.time + steps.lowerBound) * width, mean, steps.count, width)
                hornet_affine(mean, 1 / Float(steps.count), 0, mean, width)
            }
        }
        return Value.recorded(y, from: [self]) { dy, dx in
            var gradient = Tensor.zeros([batch, windows.time, width])
            let start = gradient.write { $0 }
            dy.read { dy in
                pooling.forEachWindow { b, window, steps in
                    let share = dy + (b * windows.count + window) * width
                    for step in steps {
                        hornet_axpy(1 / Float(steps.count), share, start + (b * windows.time + step) * width, width)
                    }
                }
            }
            dx.add(gradient, to: 0)
        }
    }
}

private struct WindowPooling {
    let batch, width: Int
    let windows: TimeWindows

    /// Traps unless the windows are of this tensor's time axis, without dilation.
    init(_ x: Tensor, _ windows: TimeWindows) {
        require(
            x.rank == 3 && x.shape[1] == windows.time && windows.dilation == 1, "pooled",
            "\(x.shape) can't be pooled in windows over \(windows.time) steps")
        (batch, width) = (x.shape[0], x.shape[2])
        self.windows = windows
    }

    /// Runs `body` for each window with its real steps, of which there is at least one; documents at the same time.
    func forEachWindow(_ body: (_ b: Int, _ window: Int, _ steps: Range<Int>) -> Void) {
        Parallel.forEachRange(of: batch, by: 1, if: batch * windows.count * windows.size * width > 1 << 15) { documents in
            for window in 0..<windows.count {
                let taps = windows.taps(of: window)
                let first = windows.step(of: window, tap: taps.lowerBound)
                body(documents.lowerBound, window, first..<first + taps.count)
            }
        }
    }
}
