using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tools.NanoSurface.Tests
{
    /// <summary>What works on the board must pass: a check that refuses too much is soon switched off.</summary>
    [TestClass]
    public sealed class AcceptedLanguageTests
    {
        [TestMethod]
        public void ClassesInterfacesAndStructs_Pass() => Sample.Accepts("""
            using System;

            namespace N
            {
                public interface IShape
                {
                    int Area { get; }

                    event EventHandler Changed;

                    void Grow(int by);
                }

                public abstract class Shape : IShape
                {
                    private static readonly int[] s_sizes = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
                    private readonly byte[][] _rows = new byte[4][];

                    public event EventHandler Changed;

                    public abstract int Area { get; }

                    public int Rows { get; private set; } = 4;

                    public byte this[int row, int column] => _rows[row][column];

                    public virtual void Grow(int by)
                    {
                        Rows += by + s_sizes[by];
                        Changed?.Invoke(this, EventArgs.Empty);
                    }

                    public override string ToString()
                    {
                        return "shape of " + Rows + ", " + nameof(Shape);
                    }
                }

                public sealed class Square : Shape
                {
                    public override int Area => Rows * Rows;

                    public override void Grow(int by)
                    {
                        base.Grow(by);
                    }
                }

                public struct Point
                {
                    public int X;
                    public int Y;

                    public Point(int x, int y)
                    {
                        X = x;
                        Y = y;
                    }

                    public static Point operator +(Point one, Point other)
                    {
                        return new Point(one.X + other.X, one.Y + other.Y);
                    }
                }

                public readonly struct Span
                {
                    public readonly int Start;

                    public Span(int start)
                    {
                        Start = start;
                    }
                }

                public enum Colour : byte
                {
                    Red,
                    Green = 7,
                }
            }
            """);

        [TestMethod]
        public void RefOutInParamsAndOptional_Pass() => Sample.Accepts("""
            public static class C
            {
                public static bool TryTake(ref int value, out int taken, in int limit)
                {
                    taken = value < limit ? value : limit;
                    value -= taken;
                    return taken > 0;
                }

                public static int Sum(params int[] numbers)
                {
                    int sum = 0;
                    foreach (int number in numbers)
                    {
                        sum += number;
                    }

                    return sum;
                }

                public static int Go(int value, int limit = 9)
                {
                    TryTake(ref value, out int taken, limit);
                    return Sum(1, value, taken);
                }
            }
            """);

        [TestMethod]
        public void LambdasClosuresAndLocalFunctions_Pass() => Sample.Accepts("""
            using System;

            public delegate int Operation(int value);

            public static class C
            {
                public static int Go(int start)
                {
                    int sum = start;
                    Operation add = value => sum += value;
                    Operation twice = Twice;
                    Action clear = () => sum = 0;
                    add(3);
                    if (sum > 100)
                    {
                        clear();
                    }

                    return add(twice(2)) + Inner(1) + Closed(2);

                    int Inner(int value)
                    {
                        return value + sum;
                    }

                    static int Closed(int value)
                    {
                        return value * 3;
                    }
                }

                private static int Twice(int value) => value * 2;
            }
            """);

        [TestMethod]
        public void SwitchOnAnythingAndPatterns_Pass() => Sample.Accepts("""
            public static class C
            {
                public static int Verb(string verb)
                {
                    switch (verb)
                    {
                        case "EHLO": return 1;
                        case "HELO": return 2;
                        case "MAIL": return 3;
                        case "RCPT": return 4;
                        case "DATA": return 5;
                        case "RSET": return 6;
                        case "NOOP": return 7;
                        case "QUIT": return 8;
                        case "VRFY": return 9;
                        default: return 0;
                    }
                }

                public static int Kind(object value)
                {
                    return value switch
                    {
                        null => 0,
                        int and > 4 => 1,
                        string { Length: > 2 } text => text.Length,
                        byte[] buffer when buffer.Length == 3 => 3,
                        not string => 5,
                        _ => 6,
                    };
                }

                public static int Number(int value, long other)
                {
                    switch (value)
                    {
                        case 0: return 1;
                        case 1: return 3;
                        case 2: return 5;
                        case 9: goto default;
                        default: return other is 3 or 4 ? 1 : 0;
                    }
                }
            }
            """);

        [TestMethod]
        public void ExceptionsLockAndUsing_Pass() => Sample.Accepts("""
            using System;
            using System.IO;
            using System.Threading;

            public class C : IDisposable
            {
                private readonly object _gate = new object();
                private int _count;

                public void Dispose()
                {
                    Interlocked.Increment(ref _count);
                    Interlocked.Exchange(ref _count, 3);
                    Interlocked.CompareExchange(ref _count, 4, 3);
                }

                public int Go(Stream stream)
                {
                    try
                    {
                        lock (_gate)
                        {
                            using (stream)
                            {
                                using var other = new C();
                                return stream.ReadByte();
                            }
                        }
                    }
                    catch (IOException exception) when (exception.ErrorCode == IOException.IOExceptionErrorCode.FileNotFound)
                    {
                        throw;
                    }
                    catch (Exception)
                    {
                        return -1;
                    }
                    finally
                    {
                        _count++;
                    }
                }
            }
            """);

        [TestMethod]
        public void UncheckedArithmetic_Passes() => Sample.Accepts("""
            public static class C
            {
                public static uint Hash(byte[] buffer, long wide, double real)
                {
                    unchecked
                    {
                        uint hash = 2166136261;
                        for (int index = 0; index < buffer.Length; index++)
                        {
                            hash = (hash ^ buffer[index]) * 16777619;
                            hash = (hash << 3) | (hash >> 29);
                        }

                        return hash + (uint)wide + (uint)(int)real + (uint)(wide % 7) + (ushort)wide;
                    }
                }
            }
            """);
    }
}
