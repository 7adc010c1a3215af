using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tools.NanoSurface.Tests
{
    /// <summary>Types that compile and that the board can't run. NANO001 to NANO005, NANO010.</summary>
    [TestClass]
    public sealed class RefusedTypeTests
    {
        [TestMethod]
        public void GenericClass_Refused() => Sample.RefusesMarkedLines("""
            namespace N
            {
                public class Box<T> //! NANO001
                {
                    public T Content;
                }
            }
            """);

        [TestMethod]
        public void GenericStructInterfaceAndDelegate_Refused() => Sample.RefusesMarkedLines("""
            namespace N
            {
                public struct Pair<T> { public T First; } //! NANO001
                public interface ISource<T> { T Next(); } //! NANO001
                public delegate T Maker<T>(); //! NANO001
            }
            """);

        [TestMethod]
        public void GenericMethod_Refused() => Sample.RefusesMarkedLines("""
            public static class C
            {
                public static T Same<T>(T value) //! NANO001
                {
                    return value;
                }

                public static int Use()
                {
                    return Same(3); //! NANO002
                }
            }
            """);

        [TestMethod]
        public void GenericLocalFunction_Refused() => Sample.RefusesMarkedLines("""
            public static class C
            {
                public static int Go(int value)
                {
                    return Same(value); //! NANO002

                    static T Same<T>(T other)
                    {
                        return other; //! NANO001
                    }
                }
            }
            """);

        [TestMethod]
        public void Func_InFieldSignatureAndCode_Refused() => Sample.RefusesMarkedLines("""
            using System;

            public class C
            {
                private Func<int> _source; //! NANO002

                public C(Func<int> source) //! NANO002
                {
                    _source = source; //! NANO002
                }

                public int Get()
                {
                    int before = 1;
                    return before + _source(); //! NANO002
                }
            }
            """);

        [TestMethod]
        public void ActionAndEventHandlerOfT_Refused() => Sample.RefusesMarkedLines("""
            using System;

            public class C
            {
                public event EventHandler<EventArgs> Changed; //! NANO002

                public void Go()
                {
                    Action<int> action = value => Changed(this, null); //! NANO002
                    action(4); //! NANO002
                }
            }
            """);

        [TestMethod]
        public void Func_AsAutoPropertyAndLambda_Refused() => Sample.RefusesMarkedLines("""
            using System;

            public class C
            {
                public static Func<int, int> Twice { get; } = value => value * 2; //! NANO002
            }
            """);

        [TestMethod]
        public void TypeofGeneric_Refused() => Sample.RefusesMarkedLines("""
            public static class C
            {
                public static System.Type Go()
                {
                    return typeof(System.Func<>); //! NANO002
                }
            }
            """);

        [TestMethod]
        public void GenericAsBaseType_Refused() => Sample.RefusesMarkedLines("""
            public class Base<T> //! NANO001
            {
            }

            public class Derived : Base<int> //! NANO002
            {
                public Derived() //! NANO002
                {
                }
            }
            """);

        [TestMethod]
        public void MultiDimensionalArray_Refused() => Sample.RefusesMarkedLines("""
            public class C
            {
                private readonly int[,] _field = new int[2, 3]; //! NANO003

                public int Get(int row, int column)
                {
                    return _field[row, column]; //! NANO003
                }

                public void Take(byte[][,] blocks) //! NANO003
                {
                }

                public object Box()
                {
                    object box = null;
                    box = new byte[4, 4]; //! NANO003
                    return box;
                }
            }
            """);

        [TestMethod]
        public void MultiDimensionalArray_CapturedByLambda_Refused() => Sample.RefusesMarkedLines("""
            public delegate int Getter();

            public static class C
            {
                public static Getter Go(int size)
                {
                    int[,] table = new int[size, size]; //! NANO003
                    return () => table[0, 0]; //! NANO003
                }
            }
            """);

        [TestMethod]
        public void DefaultInterfaceMethod_Refused() => Sample.RefusesMarkedLines("""
            public interface ISource
            {
                int Next();

                int Skip() //! NANO004
                {
                    return Next() + Next();
                }

                int Two => 2; //! NANO004

                static int Three() => 3; //! NANO004
            }
            """);

        [TestMethod]
        public void Pointers_Refused() => Sample.RefusesMarkedLines("""
            public class C
            {
                private unsafe byte* _next; //! NANO005

                public unsafe int First(byte[] buffer) //! NANO005
                {
                    fixed (byte* start = buffer)
                    {
                        _next = start; //! NANO005
                        return *_next; //! NANO005
                    }
                }
            }
            """);

        [TestMethod]
        public void UnsafeWithoutPointer_Refused() => Sample.RefusesMarkedLines("""
            public static class C
            {
                public static int Go(int value)
                {
                    unsafe //! NANO005
                    {
                        return value + 1;
                    }
                }
            }
            """);

        [TestMethod]
        public void TypedReferenceAndArgumentList_Refused() => Sample.RefusesMarkedLines("""
            public static class C
            {
                public static int Go(int value)
                {
                    System.TypedReference reference = __makeref(value); //! NANO010
                    return __refvalue(reference, int); //! NANO010
                }

                public static void Any(__arglist) //! NANO010
                {
                }

                public static void Call()
                {
                    Any(__arglist(1, 2)); //! NANO010
                }
            }
            """);
    }
}
