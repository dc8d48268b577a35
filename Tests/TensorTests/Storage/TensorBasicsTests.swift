import HornetTensor
import HornetTestSupport
import Testing

@Suite struct TensorBasicsTests {
    @Test func literals() {
        let scalar: Tensor = 2.5
        #expect(scalar.shape == [] && scalar.scalar == 2.5 && scalar.count == 1 && scalar.rank == 0)
        let integer: Tensor = 3
        #expect(integer == Tensor(3))
        let cube: Tensor = [[[1, 2]], [[3, 4]], [[5, 6]]]
        #expect(cube.shape == [3, 1, 2] && cube.scalars == [1, 2, 3, 4, 5, 6])
        let empty: Tensor = []
        #expect(empty.shape == [0])
        #expect(Tensor([[1, 2], [3, 4]]).shape == [2, 2])
        #expect(Tensor([[Float]]()).shape == [0, 0])
    }

    @Test func subscripts() {
        var x = Tensor.arange(24).reshaped([2, 3, 4])
        #expect(x[1, 2, 3] == 23 && x[0, 1, 0] == 4 && x[-1, -3, -2] == 14)
        x[1, 0, 2] = -1
        #expect(x.scalars[14] == -1)
        var ids = Indices([[1, 2], [3, 4]])
        ids[1, 0] = 7
        #expect(ids.ids == [1, 2, 7, 4] && ids[0..<1] == Indices([[1, 2]]) && ids.reshaped([4])[2] == 7)
        #expect(ids.rank == 2 && ids.count == 4)
    }

    @Test func equality() {
        #expect(Tensor([1, 2]) == [1, 2])
        #expect(Tensor([1, 2]) != [1, 3])
        #expect(Tensor([1, 2]) != [[1, 2]])
        #expect(Tensor([Float.nan]) != Tensor([Float.nan]))
        #expect(Tensor([0]) == Tensor([-0.0]))
        #expect(Indices([1, 2]) == Indices([1, 2]) && Indices([1, 2]) != Indices([[1, 2]]))
    }

    @Test func creation() {
        #expect(Tensor.zeros([2]) == [0, 0] && Tensor.ones([1, 2]) == [[1, 1]] && Tensor.full([2], 3) == [3, 3])
        #expect(Tensor.eye(2) == [[1, 0], [0, 1]] && Tensor.eye(0).shape == [0, 0])
        #expect(Tensor.arange(3) == [0, 1, 2] && Tensor.arange(0).shape == [0])
    }

    @Test func trapsOutOfBounds() async {
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3])[0, 3] }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3])[-3, 0] }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3])[0] }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2]).scalar }
        await #expect(processExitsWith: .failure) { _ = Tensor([[1], [2, 3]]) }
        await #expect(processExitsWith: .failure) { let _: Tensor = [[1], [2, 3]] }
        await #expect(processExitsWith: .failure) { _ = Indices([[1], [2, 3]]) }
    }
}

@Suite struct ParameterTests {
    @Test func keepsItsShape() async {
        let parameter = Parameter([[1, 2]], role: "kernel")
        #expect(parameter.path == "kernel" && parameter.shape == [1, 2] && parameter.count == 2)
        parameter.value = [[3, 4]]
        #expect(parameter.value == [[3, 4]])
        parameter.update { $0[1] = 9 }
        #expect(parameter.value == [[3, 9]])
        await #expect(processExitsWith: .failure) { Parameter([[1, 2]], role: "kernel").value = [1, 2] }
    }

    @Test func updatesLeaveEarlierReadsAlone() {
        let parameter = Parameter([1, 2], role: "bias")
        let before = parameter.value
        parameter.update { $0[0] = 5 }
        #expect(before == [1, 2] && parameter.value == [5, 2])
    }
}
