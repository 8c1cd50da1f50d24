/** How a refused system call is answered. */
export type Refusal =
  /** "Not permitted." */
  | "EPERM"
  /** "There is no such call": programs then take the older way. */
  | "ENOSYS";

/** System calls that a guest cannot make, and why. */
export interface RefusedGroup {
  why: string;
  /** With white space between them. */
  names: string;
  answer: Refusal;
}

/** A system call that a guest can make with some arguments only. */
export type ArgumentRule = {
  why: string;
  name: string;
  /** Which argument, counted from 0. Its low 32 bits are looked at. */
  argument: number;
  /** The bits of it that matter. */
  mask: number;
} & (
  | { /** Values of these bits that are refused. */ refused: readonly number[] }
  | { /** The only ones that are not. */ allowed: readonly number[] }
);

// Everything else that is in the table of system calls is allowed: a guest is a whole language runtime. What is not in
// the table (newer calls, and numbers that mean nothing) does not exist for a guest.
//
// `execve` and `execveat` have to be allowed: the filter is in force before the guest's program is executed. A guest
// can become another program, which is no other process: it keeps the filter, the limits, the namespaces and its id.

/** What guests cannot do at all. */
export const refusedGroups: readonly RefusedGroup[] = [
  {
    why: "New processes: one process is all that there is to meter, to limit and to kill.",
    names: "fork vfork",
    answer: "EPERM",
  },
  {
    why: "Its flags are behind a pointer, where a filter cannot read them: libraries fall back to clone.",
    names: "clone3",
    answer: "ENOSYS",
  },
  {
    why: "Sockets: there is no network, and the code of all its protocols stays out of reach.",
    names: "socket bind listen connect accept accept4 setsockopt",
    answer: "EPERM",
  },
  {
    why: "Other processes, their memory and their descriptors.",
    names: `
      ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp pidfd_open pidfd_getfd
      pidfd_send_signal`,
    answer: "EPERM",
  },
  {
    why: "Mounts and roots: what the file system looks like is not for the guest to change, or to find out.",
    names: `
      mount umount2 pivot_root chroot mount_setattr move_mount open_tree open_tree_attr fsopen fsconfig fsmount
      fspick statmount listmount sysfs ustat`,
    answer: "EPERM",
  },
  {
    why: "Files by handle, past all mounts.",
    names: "name_to_handle_at open_by_handle_at",
    answer: "EPERM",
  },
  {
    why: "Namespaces: inside a new one, a process has privileges again.",
    names: "unshare setns sethostname setdomainname",
    answer: "EPERM",
  },
  {
    why: "Memory that no limit of the process counts: it lasts without being mapped.",
    names: `
      memfd_create memfd_secret shmget shmat shmctl shmdt msgget msgsnd msgrcv msgctl semget semop semtimedop semctl
      mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr`,
    answer: "EPERM",
  },
  {
    why: "Parts of the kernel with a long record of holes, which no language runtime needs.",
    names: `
      bpf userfaultfd perf_event_open keyctl add_key request_key personality modify_ldt vmsplice remap_file_pages
      uselib lookup_dcookie fanotify_init fanotify_mark lsm_get_self_attr lsm_set_self_attr lsm_list_modules`,
    answer: "EPERM",
  },
  {
    why: "Queued input and output: programs do without where it is missing.",
    names: `
      io_uring_setup io_uring_enter io_uring_register io_setup io_destroy io_submit io_cancel io_getevents
      io_pgetevents`,
    answer: "ENOSYS",
  },
  {
    why: "The machine: its modules, clock, log, swap, quotas, hardware and end.",
    names: `
      init_module finit_module delete_module kexec_load kexec_file_load reboot syslog settimeofday clock_settime
      clock_adjtime adjtimex acct swapon swapoff quotactl quotactl_fd iopl ioperm vhangup`,
    answer: "EPERM",
  },
  {
    why: "Where memory lies in the machine, and what others have read.",
    names: "mbind set_mempolicy set_mempolicy_home_node get_mempolicy move_pages migrate_pages cachestat",
    answer: "EPERM",
  },
  {
    why: "No longer in Linux.",
    names: `
      _sysctl create_module get_kernel_syms query_module nfsservctl getpmsg putpmsg afs_syscall tuxcall security
      vserver epoll_ctl_old epoll_wait_old set_thread_area get_thread_area`,
    answer: "ENOSYS",
  },
];

const cloneThread = 0x0001_0000;
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
const cloneNamespaces = 0x7e02_0000;
const mapShared = 0x01;
const mapAnonymous = 0x20;
const mapGrowsDown = 0x0100;
const unixSockets = 1;
const socketPeerPidFd = 77;
const setParentDeathSignal = 1;
const wholeWord = 0xffff_ffff;

/** What guests can do with some arguments only. Where a call has several rules, each can refuse it. */
export const argumentRules: readonly ArgumentRule[] = [
  {
    why: "Threads, but neither processes nor namespaces.",
    name: "clone",
    argument: 0,
    mask: cloneThread | cloneNamespaces,
    allowed: [cloneThread],
  },
  {
    why: "Shared memory of no file is not counted by RLIMIT_DATA.",
    name: "mmap",
    argument: 3,
    mask: mapShared | mapAnonymous,
    refused: [mapShared | mapAnonymous],
  },
  {
    why: "Memory that grows like a stack is not counted by RLIMIT_DATA.",
    name: "mmap",
    argument: 3,
    mask: mapGrowsDown,
    refused: [mapGrowsDown],
  },
  {
    why: "Without its signal for the end of the parent, a guest would outlive a host that is killed.",
    name: "prctl",
    argument: 0,
    mask: wholeWord,
    refused: [setParentDeathSignal],
  },
  {
    why: "Event loops wake themselves through such a pair; other families are kernel code without use here.",
    name: "socketpair",
    argument: 0,
    mask: wholeWord,
    allowed: [unixSockets],
  },
  {
    why: "The descriptor of the protocol would give a handle to the host's process.",
    name: "getsockopt",
    argument: 2,
    mask: wholeWord,
    refused: [socketPeerPidFd],
  },
  {
    why: "The descriptor of the protocol belongs to the host's network: it would tell interfaces and addresses.",
    name: "ioctl",
    argument: 1,
    mask: 0xffff_ff00,
    refused: [0x8900, 0x8b00],
  },
];
