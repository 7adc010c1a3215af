using System.Collections.Generic;
using MailAppliance.Boards;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Boards
{
    /// <summary>A button's contact over time, a look each 10 ms, and what was meant.</summary>
    [TestClass]
    public class PressClassifierTests
    {
        private const int LookMilliseconds = 10;

        [TestMethod]
        [DataRow(30, PressClassifier.None)]
        [DataRow(40, PressClassifier.Short)]
        [DataRow(990, PressClassifier.Short)]
        [DataRow(1_100, PressClassifier.Long)]
        [DataRow(30_000, PressClassifier.Long)]
        public void Press_OfALength_IsToldOnce(int milliseconds, int expected)
        {
            int[] all = Look(false, (false, 100), (true, milliseconds), (false, 1_000));
            CollectionAssert.AreEqual(expected == PressClassifier.None ? [] : new[] { expected }, all);
        }

        [TestMethod]
        public void Press_Bounces_IsOne()
        {
            int[] all = Look(false, (true, 10), (false, 10), (true, 20), (false, 10), (true, 200), (false, 10), (true, 10), (false, 10), (true, 10), (false, 200));
            CollectionAssert.AreEqual(new[] { PressClassifier.Short }, all);
        }

        [TestMethod]
        public void TwoPresses_AreTwo()
        {
            CollectionAssert.AreEqual(
                new[] { PressClassifier.Short, PressClassifier.Long, PressClassifier.Short },
                Look(false, (true, 100), (false, 100), (true, 1_500), (false, 100), (true, 100), (false, 100)));
        }

        [TestMethod]
        public void DownAtTheStart_IsNoPress_AndTheNextIs()
        {
            CollectionAssert.AreEqual(new[] { PressClassifier.Short }, Look(true, (true, 5_000), (false, 100), (true, 100), (false, 100)));
        }

        [TestMethod]
        public void Long_IsToldWhileItIsStillDown()
        {
            CollectionAssert.AreEqual(new[] { PressClassifier.Long }, Look(false, (true, 1_200)));
        }

        [TestMethod]
        public void LooksFarApart_ALongPressIsStillLong()
        {
            var button = new PressClassifier(false);
            Assert.AreEqual(PressClassifier.None, button.Look(true, 0));
            Assert.AreEqual(PressClassifier.None, button.Look(true, 900));
            Assert.AreEqual(PressClassifier.None, button.Look(false, 1_900));
            Assert.AreEqual(PressClassifier.Long, button.Look(false, 1_950));
        }

        private static int[] Look(bool isDown, params (bool IsDown, int Milliseconds)[] times)
        {
            var button = new PressClassifier(isDown);
            var told = new List<int>();
            long now = 0;
            foreach ((bool down, int milliseconds) in times)
            {
                for (int passed = 0; passed < milliseconds; passed += LookMilliseconds)
                {
                    int press = button.Look(down, now);
                    now += LookMilliseconds;
                    if (press != PressClassifier.None)
                    {
                        told.Add(press);
                    }
                }
            }

            return [.. told];
        }
    }
}
